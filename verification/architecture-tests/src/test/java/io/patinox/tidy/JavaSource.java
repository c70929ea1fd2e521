package io.patinox.tidy;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/// What the rules want to know of a Java file, read from the compiler's own syntax tree.
final class JavaSource {

    /// Something that stands at a line.
    record Found(String what, long line) {}

    /// A method and how many lines of code it has: neither blank nor only comment.
    record Method(String name, long line, long linesOfCode) {}

    final List<Method> methods = new ArrayList<>();
    final List<Found> types = new ArrayList<>();
    final List<Found> annotations = new ArrayList<>();
    final List<Found> calls = new ArrayList<>();

    /// What `synchronized` blocks lock in public types.
    final List<Found> publicLocks = new ArrayList<>();

    private JavaSource() {}

    static JavaSource of(TextFile file) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var input =
                new SimpleJavaFileObject(
                        URI.create("string:///" + file.path()), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return file.text();
                    }
                };
        try {
            var task =
                    (JavacTask) compiler.getTask(null, null, d -> {}, null, null, List.of(input));
            var source = new JavaSource();
            for (CompilationUnitTree unit : task.parse()) {
                unit.accept(source.new Reader(unit, Trees.instance(task), file.lines()), null);
            }
            return source;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Reader extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> lines;
        private boolean isPublic;

        private Reader(CompilationUnitTree unit, Trees trees, List<String> lines) {
            this.unit = unit;
            this.positions = trees.getSourcePositions();
            this.lines = lines;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            types.add(new Found(type.getSimpleName().toString(), line(type)));
            boolean enclosing = isPublic;
            isPublic = type.getModifiers().getFlags().contains(Modifier.PUBLIC);
            super.visitClass(type, nothing);
            isPublic = enclosing;
            return null;
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            long last = unit.getLineMap().getLineNumber(positions.getEndPosition(unit, method));
            long code =
                    lines.subList((int) line(method) - 1, (int) last).stream()
                            .filter(Reader::isCode)
                            .count();
            methods.add(new Method(method.getName().toString(), line(method), code));
            return super.visitMethod(method, nothing);
        }

        @Override
        public @Nullable Void visitAnnotation(AnnotationTree annotation, @Nullable Void nothing) {
            String name = annotation.getAnnotationType().toString();
            String simple = name.substring(name.lastIndexOf('.') + 1);
            annotations.add(new Found(simple, line(annotation)));
            return super.visitAnnotation(annotation, nothing);
        }

        @Override
        public @Nullable Void visitMethodInvocation(
                MethodInvocationTree call, @Nullable Void nothing) {
            calls.add(new Found(call.getMethodSelect().toString(), line(call)));
            return super.visitMethodInvocation(call, nothing);
        }

        @Override
        public @Nullable Void visitSynchronized(SynchronizedTree block, @Nullable Void nothing) {
            if (isPublic) {
                publicLocks.add(new Found(block.getExpression().toString(), line(block)));
            }
            return super.visitSynchronized(block, nothing);
        }

        private long line(com.sun.source.tree.Tree node) {
            return unit.getLineMap().getLineNumber(positions.getStartPosition(unit, node));
        }

        private static boolean isCode(String line) {
            String text = line.strip();
            return !text.isEmpty()
                    && !text.startsWith("//")
                    && !text.startsWith("/*")
                    && !text.startsWith("*");
        }
    }
}
