<%!
    # A module block with a margin.
    def sentence(text, end="."):
        """One line that ends."""
        words = " ".join(text.split())
        if words.endswith((".", "!", "?")):
            return words
        return words + end

    def literal(value):
        if value is None:
            return "None"
        if isinstance(value, str):
            return '"%s"' % value
        inner = ", ".join(literal(one) for one in value)
        return "(" + inner + ("," if len(value) == 1 else "") + ")"
%>\
<%
    year = create_date.year
    names = [name.title() for name in ("upgrade", "downgrade") if name]
%>\
# Copyright ${year}. ${create_date.strftime("%d.%m.%Y %H:%M:%S %j %y %b %B %a %A %I %p %f %%")}|${f"{create_date:%Y-%m}"}
"""${sentence(message)}

${"{} of {names!r}".format(len(names), names=names)}
${"%s/%r/%03d" % (names[0], names[1], len(names))}
"""
revision: str = ${literal(up_revision)}
down_revision = ${down_revision | literal,n}
branch_labels = ${literal(branch_labels)}
depends_on = ${literal(depends_on)}
policies = ${repr(sorted(list(getattr(context, "policies", {}))))}
message = ${repr(message)}


def upgrade():
    pass


def downgrade():
    pass
