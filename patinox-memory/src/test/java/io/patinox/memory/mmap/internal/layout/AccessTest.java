package io.patinox.memory.mmap.internal.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.MappingLayoutException;
import io.patinox.memory.mmap.Components;
import io.patinox.memory.mmap.MappedLayout;
import java.io.IOException;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.AccessFlag;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Types of other modules: in a package that is exported, one that is open, and one that is
/// neither.
class AccessTest {
    @TempDir Path folder;

    private static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;

    private static byte[] module() {
        return ClassFile.of()
                .buildModule(
                        ModuleAttribute.of(
                                ModuleDesc.of("users.module"),
                                module ->
                                        module.requires(
                                                        ModuleDesc.of("java.base"),
                                                        Set.of(AccessFlag.MANDATED),
                                                        null)
                                                .exports(PackageDesc.of("users.exported"), 0)
                                                .opens(PackageDesc.of("users.open"), 0)));
    }

    private void write(String name, byte[] bytes) throws IOException {
        Path file = folder.resolve(name.replace('.', '/') + ".class");
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    /// A class that hands its lookup out.
    private static byte[] door(ClassDesc self) {
        ClassDesc lookup = Lookup.class.describeConstable().orElseThrow();
        return ClassFile.of()
                .build(
                        self,
                        made ->
                                made.withFlags(ClassFile.ACC_PUBLIC)
                                        .withMethodBody(
                                                "lookup",
                                                MethodTypeDesc.of(lookup),
                                                ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                                code ->
                                                        code.invokestatic(
                                                                        ClassDesc.of(
                                                                                MethodHandles.class
                                                                                        .getName()),
                                                                        "lookup",
                                                                        MethodTypeDesc.of(lookup))
                                                                .areturn()));
    }

    /// An interface with a component.
    private static byte[] view(ClassDesc self) {
        AnnotationValue names = AnnotationValue.ofArray(AnnotationValue.ofString("x"));
        return ClassFile.of()
                .build(
                        self,
                        made ->
                                made.withFlags(
                                                ClassFile.ACC_PUBLIC
                                                        | ClassFile.ACC_INTERFACE
                                                        | ClassFile.ACC_ABSTRACT)
                                        .with(
                                                RuntimeVisibleAnnotationsAttribute.of(
                                                        RecordClasses.note(
                                                                Components.class, names)))
                                        .withMethod(
                                                "x",
                                                MethodTypeDesc.of(ConstantDescs.CD_int),
                                                ClassFile.ACC_PUBLIC | ClassFile.ACC_ABSTRACT,
                                                method -> {}));
    }

    private ClassLoader users() throws IOException {
        write("module-info", module());
        List<RecordClasses.Component> one =
                List.of(new RecordClasses.Component("x", ConstantDescs.CD_int, List.of()));
        for (String name : List.of("exported", "open", "closed")) {
            ClassDesc self = ClassDesc.of("users." + name + ".Point");
            write("users." + name + ".Point", RecordClasses.bytes(self, one, List.of()));
            ClassDesc door = ClassDesc.of("users." + name + ".Door");
            write("users." + name + ".Door", door(door));
        }
        List<RecordClasses.Component> nested =
                List.of(
                        new RecordClasses.Component(
                                "inner", ClassDesc.of("users.closed.Point"), List.of()));
        write("users.exported.View", view(ClassDesc.of("users.exported.View")));
        write(
                "users.exported.Outer",
                RecordClasses.bytes(ClassDesc.of("users.exported.Outer"), nested, List.of()));
        ModuleFinder finder = ModuleFinder.of(folder);
        Configuration configuration =
                ModuleLayer.boot()
                        .configuration()
                        .resolve(finder, ModuleFinder.of(), Set.of("users.module"));
        return ModuleLayer.boot()
                .defineModulesWithOneLoader(configuration, AccessTest.class.getClassLoader())
                .findLoader("users.module");
    }

    @Test
    void type_ofAnotherModule_isReachedIfItMayBe() throws Exception {
        ClassLoader users = users();
        for (String name : List.of("users.exported.Point", "users.open.Point")) {
            Class<?> type = users.loadClass(name);
            @SuppressWarnings("unchecked")
            RecordLayout<Object> layout = (RecordLayout<Object>) RecordLayout.of(type, ORDER, null);
            Object value = type.getConstructors()[0].newInstance(77);
            byte[] bytes = new byte[4];
            layout.encode("x", MemorySegment.ofArray(bytes), value);
            assertThat(bytes).containsExactly(77, 0, 0, 0);
        }
    }

    @Test
    void type_ofAClosedPackage_needsALookup() throws Exception {
        ClassLoader users = users();
        Class<?> closed = users.loadClass("users.closed.Point");
        for (int round = 0; round < 2; round++) {
            assertThatThrownBy(() -> RecordLayout.of(closed, ORDER, null))
                    .isInstanceOf(MappingLayoutException.class)
                    .hasMessageContaining("lookup(MethodHandles.lookup())")
                    .hasMessageContaining("opens users.closed to io.patinox.memory");
            assertThatThrownBy(() -> RecordLayout.of(closed, ORDER, MethodHandles.lookup()))
                    .isInstanceOf(MappingLayoutException.class)
                    .hasMessageContaining("the lookup that was given does not reach")
                    .hasMessageContaining("opens users.closed to io.patinox.memory");
            Lookup inside = inside(users);
            assertThat(RecordLayout.of(closed, ORDER, inside).layout().strideBytes()).isEqualTo(4);
        }
    }

    private static Lookup inside(ClassLoader users) throws ReflectiveOperationException {
        Class<?> door = users.loadClass("users.exported.Door");
        return (Lookup) door.getMethod("lookup").invoke(null);
    }

    @Test
    void nested_ofAClosedPackage_needsALookup() throws Exception {
        ClassLoader users = users();
        Class<?> outer = users.loadClass("users.exported.Outer");
        assertThatThrownBy(() -> RecordLayout.of(outer, ORDER, null))
                .isInstanceOfSatisfying(
                        MappingLayoutException.class,
                        e -> assertThat(e.component()).startsWith("inner"));
        assertThat(MappedLayout.of(outer, ORDER, inside(users)).text()).contains("0 4 inner.x i32");
    }

    @Test
    void view_ofALoaderBelow_isMadeAsSoonAsALookupIsGiven() throws Exception {
        ClassLoader users = users();
        @SuppressWarnings("unchecked")
        Class<Object> type = (Class<Object>) users.loadClass("users.exported.View");
        RecordLayout<Object> alone = RecordLayout.of(type, ORDER, null);
        assertThatThrownBy(() -> alone.reader("x.map", alone.layout()))
                .isInstanceOf(MappingLayoutException.class)
                .hasMessageContaining("pass a lookup");
        RecordLayout<Object> better = RecordLayout.of(type, ORDER, inside(users));
        assertThat(RecordLayout.of(type, ORDER, null)).isSameAs(better);
        MemorySegment segment = MemorySegment.ofArray(new long[] {5});
        Object view =
                better.reader("x.map", better.layout())
                        .slice(segment, 1, new Body("x.map", null))
                        .get(0);
        assertThat(type.getMethod("x").invoke(view)).isEqualTo(5);
    }

    @Test
    void name_thatIsNoIdentifier_isRefused() throws Exception {
        for (String name : List.of("a b", "a|b", "1", "a\u0001", "a".repeat(501))) {
            ClassDesc self = ClassDesc.of(AccessTest.class.getName() + "$N" + name.hashCode());
            Class<?> type =
                    MethodHandles.lookup()
                            .defineClass(
                                    RecordClasses.bytes(
                                            self,
                                            List.of(
                                                    new RecordClasses.Component(
                                                            name, ConstantDescs.CD_int, List.of())),
                                            List.of()));
            assertThatThrownBy(() -> MappedLayout.of(type))
                    .isInstanceOf(MappingLayoutException.class)
                    .hasMessageContaining("its path must be Java identifiers");
        }
    }

    @Test
    void records_nestedTooDeep_areRefused() throws Exception {
        ClassDesc inner = ConstantDescs.CD_int;
        Class<?> type = null;
        for (int i = 0; i < 40; i++) {
            ClassDesc self = ClassDesc.of(AccessTest.class.getName() + "$D" + i);
            type =
                    MethodHandles.lookup()
                            .defineClass(
                                    RecordClasses.bytes(
                                            self,
                                            List.of(
                                                    new RecordClasses.Component(
                                                            "x", inner, List.of())),
                                            List.of()));
            inner = self;
            if (i == 30) {
                MappedLayout deepest = MappedLayout.of(type);
                assertThat(deepest.columns().getFirst().path()).hasSize(61);
                assertThat(MappedLayout.parse(deepest.text())).isEqualTo(deepest);
            }
        }
        Class<?> deep = type;
        assertThatThrownBy(() -> MappedLayout.of(deep))
                .isInstanceOf(MappingLayoutException.class)
                .hasMessageContaining("nested more than 31 deep");
    }
}
