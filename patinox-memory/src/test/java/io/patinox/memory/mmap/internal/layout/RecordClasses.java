package io.patinox.memory.mmap.internal.layout;

import static java.lang.classfile.ClassFile.ACC_FINAL;
import static java.lang.classfile.ClassFile.ACC_PRIVATE;
import static java.lang.classfile.ClassFile.ACC_PUBLIC;
import static java.lang.classfile.ClassFile.ACC_SUPER;

import java.lang.classfile.Annotation;
import java.lang.classfile.AnnotationElement;
import java.lang.classfile.AnnotationValue;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.classfile.attribute.RecordAttribute;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;

/// Class files of records, without a Java compiler. They have neither `equals` nor `toString`.
final class RecordClasses {
    private RecordClasses() {}

    /// A component.
    record Component(String name, ClassDesc type, List<Annotation> notes) {}

    /// Returns an annotation with a number.
    static Annotation note(Class<?> type, int value) {
        return note(type, AnnotationValue.ofInt(value));
    }

    /// Returns an annotation with a value.
    static Annotation note(Class<?> type, AnnotationValue value) {
        return Annotation.of(
                type.describeConstable().orElseThrow(), AnnotationElement.of("value", value));
    }

    /// Returns an annotation.
    static Annotation note(Class<?> type) {
        return Annotation.of(type.describeConstable().orElseThrow());
    }

    /// Returns a class file.
    static byte[] bytes(ClassDesc self, List<Component> components, List<Annotation> notes) {
        return ClassFile.of()
                .build(
                        self,
                        made -> {
                            made.withSuperclass(ClassDesc.of("java.lang.Record"));
                            made.withFlags(ACC_PUBLIC | ACC_FINAL | ACC_SUPER);
                            made.with(
                                    RecordAttribute.of(
                                            components.stream().map(c -> info(c)).toList()));
                            if (!notes.isEmpty()) {
                                made.with(RuntimeVisibleAnnotationsAttribute.of(notes));
                            }
                            members(made, self, components);
                        });
    }

    private static RecordComponentInfo info(Component component) {
        return RecordComponentInfo.of(
                component.name(),
                component.type(),
                component.notes().isEmpty()
                        ? List.of()
                        : List.of(RuntimeVisibleAnnotationsAttribute.of(component.notes())));
    }

    private static void members(ClassBuilder made, ClassDesc self, List<Component> components) {
        for (Component component : components) {
            made.withField(component.name(), component.type(), ACC_PRIVATE | ACC_FINAL);
            made.withMethodBody(
                    component.name(),
                    MethodTypeDesc.of(component.type()),
                    ACC_PUBLIC,
                    code ->
                            code.aload(0)
                                    .getfield(self, component.name(), component.type())
                                    .return_(TypeKind.from(component.type())));
        }
        MethodTypeDesc type =
                MethodTypeDesc.of(
                        ConstantDescs.CD_void, components.stream().map(Component::type).toList());
        made.withMethodBody(
                ConstantDescs.INIT_NAME,
                type,
                ACC_PUBLIC,
                code -> constructor(code, self, components));
    }

    private static void constructor(CodeBuilder code, ClassDesc self, List<Component> components) {
        code.aload(0);
        code.invokespecial(
                ClassDesc.of("java.lang.Record"), ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
        for (int i = 0; i < components.size(); i++) {
            Component component = components.get(i);
            code.aload(0);
            code.loadLocal(TypeKind.from(component.type()), code.parameterSlot(i));
            code.putfield(self, component.name(), component.type());
        }
        code.return_();
    }
}
