revision = 'outer'


def upgrade(op, revision='default', *, key=lambda x: ')'):
    """A docstring with an assignment
revision = 'in a docstring'
    """
    revision = 'in a function'
    if op: return (
'''
revision = "in a string"
''')
    text = f'''
{"""
revision = 'in a formatted string'
"""}
'''
# revision = 'in a remark'
class Holder(
        object):
    revision = 'in a class'
    def method(self): revision = 'in a method'; return revision


@(lambda f: f)
def one_line(): revision = 'in one line'
if False:
    down = 'never'
else:
    down = 'always'
if __name__ == '__main__':
    down = 'only when run'
try:
    import json
    found = 'tried'
except ImportError: found = 'tried'
else:
    tried = 'else'
finally:
    last = 'finally'
with open(__file__ if '__file__' in dir() else '/dev/null') as file:
    within = 'with'
try: inline = 'inline'
finally: pass
	
   # a remark that is indented by nothing
if True:
	tabbed = 'tab'
	if True:
	        deeper = 'spaces after a tab'
down_revision = ('one',
  'two'
)
match = 'a soft keyword'
case = type = _ = 'others'
print(revision, end=''
      , file=__import__('io').StringIO())
assert revision == 'outer', "revision = 'in an assertion'"
x = [1, 2]; x[0] = revision = 'beside an element'
