package dev.migrationledger.agent.tool.alembic.python;

/** {@code import …} and {@code from … import …}. */
final class ImportStatement {

    private ImportStatement() {}

    /**
     * Binds what the statement imports.
     *
     * @param from after the word {@code import}
     */
    static void plain(String source, int from, int to, int line, Names names) {
        Cursor cursor = new Cursor(source, from, to);
        do {
            String module = dotted(cursor);
            if (module.isEmpty()) {
                return;
            }
            if (cursor.takeWord("as")) {
                names.bind(cursor.word(), new Binding.Imported(0, module, null, line));
            } else {
                int dot = module.indexOf('.');
                String top = dot < 0 ? module : module.substring(0, dot);
                names.bind(top, new Binding.Imported(0, top, null, line));
            }
        } while (cursor.take(','));
    }

    /**
     * Binds what the statement imports.
     *
     * @param from after the word {@code from}
     * @return whether it imports everything, whatever that is
     */
    static boolean from(String source, int from, int to, int line, Names names) {
        Cursor cursor = new Cursor(source, from, to);
        int level = 0;
        while (cursor.take('.')) {
            level++;
        }
        String module = cursor.takeWord("import") ? "" : dotted(cursor);
        if (!module.isEmpty() && !cursor.takeWord("import")) {
            return false;
        }
        if (cursor.take('*')) {
            return true;
        }
        cursor.take('(');
        do {
            String name = cursor.word();
            if (name.isEmpty()) {
                break;
            }
            String bound = cursor.takeWord("as") ? cursor.word() : name;
            names.bind(bound, new Binding.Imported(level, module, name, line));
        } while (cursor.take(','));
        return false;
    }

    private static String dotted(Cursor cursor) {
        StringBuilder module = new StringBuilder(cursor.word());
        while (cursor.take('.')) {
            module.append('.').append(cursor.word());
        }
        return module.toString();
    }
}
