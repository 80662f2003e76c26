import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * {@code java UpgradeOldClasses.java JAR}: rewrites the classes of a jar that were compiled for Java 5 or older as classes of Java 8. No AOT
 * cache takes such classes, and picocli's are among them: to load and verify them again is a fifth of what a command takes. Only the version
 * and the stack maps differ, which the verifier of newer classes wants.
 */
public final class UpgradeOldClasses {

    /** The first version that an AOT cache takes. */
    private static final int OLDEST_CACHED = ClassFile.JAVA_6_VERSION;

    private UpgradeOldClasses() {}

    public static void main(String[] args) throws IOException {
        Path jar = Path.of(args[0]);
        Path upgraded = jar.resolveSibling(jar.getFileName() + ".upgraded");
        try (URLClassLoader classes = new URLClassLoader(new URL[]{jar.toUri().toURL()});
                ZipInputStream in = new ZipInputStream(Files.newInputStream(jar));
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(upgraded))) {
            ClassFile files = ClassFile.of(ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                    ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)));
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] bytes = in.readAllBytes();
                copy(entry, entry.getName().endsWith(".class") ? upgraded(files, entry.getName(), bytes) : bytes, out);
            }
        }
        Files.move(upgraded, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static byte[] upgraded(ClassFile files, String name, byte[] bytes) {
        ClassModel model = files.parse(bytes);
        if (model.majorVersion() >= OLDEST_CACHED) {
            return bytes;
        }
        // Code that nothing changes would be copied as it is, without a stack map.
        byte[] result = files.transformClass(model, ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                .andThen((target, element) -> target.with(element instanceof ClassFileVersion
                        ? ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0)
                        : element)));
        List<VerifyError> errors = files.verify(result);
        if (!errors.isEmpty()) {
            throw new IllegalStateException(name + " cannot be upgraded: " + errors.getFirst().getMessage());
        }
        return result;
    }

    private static void copy(ZipEntry from, byte[] bytes, ZipOutputStream out) throws IOException {
        ZipEntry entry = new ZipEntry(from.getName());
        // As the entry has it: the other methods would write the zone of this machine, too.
        entry.setTimeLocal(from.getTimeLocal());
        out.putNextEntry(entry);
        out.write(bytes);
        out.closeEntry();
    }
}
