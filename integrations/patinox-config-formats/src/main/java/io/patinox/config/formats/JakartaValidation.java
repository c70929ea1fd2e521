package io.patinox.config.formats;

import io.patinox.memory.config.ConfigProblem;
import io.patinox.memory.config.ConfigValidator;
import io.patinox.memory.config.Secret;
import io.patinox.memory.error.Options;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.valueextraction.ExtractedValue;
import jakarta.validation.valueextraction.UnwrapByDefault;
import jakarta.validation.valueextraction.ValueExtractor;
import java.util.Comparator;
import java.util.List;

/// Judges a configuration by the annotations of Jakarta Validation: `@Min(1) int maxSize`, `@Valid
/// Pool pool`, `Secret<@Size(min = 8) String> password`.
///
/// {@snippet
///  file="io/patinox/config/formats/examples/ConfigFormatsExamples.java" region="validation"}
///
/// Constraints on a secret look at what is in it, and what they say of it is masked. A provider,
/// such as Hibernate Validator, has to be there. May be used from any thread.
public final class JakartaValidation implements ConfigValidator {

    private static final String INSIDE = "<secret>";

    private final Validator validator;

    private JakartaValidation(Validator validator) {
        this.validator = validator;
    }

    /// Returns the validator of the provider that is found on class path or module path.
    ///
    /// @return a validator that knows [Secret]
    /// @throws jakarta.validation.ValidationException if there is no provider
    public static JakartaValidation standard() {
        var configuration = Validation.byDefaultProvider().configure();
        return new JakartaValidation(
                configuration
                        .addValueExtractor(new SecretExtractor())
                        .buildValidatorFactory()
                        .getValidator());
    }

    /// Returns a validator over one that the program has made itself.
    ///
    /// @param validator a validator that may be used by many threads; it sees into secrets if it
    ///   was made with a [SecretExtractor]
    /// @return the validator
    public static JakartaValidation of(Validator validator) {
        return new JakartaValidation(Options.required("validator", validator));
    }

    @Override
    public <T> List<ConfigProblem> validate(T value) {
        return validator.validate(value).stream()
                .map(violation -> new ConfigProblem(path(violation), message(violation), UNKNOWN))
                .sorted(
                        Comparator.comparing(ConfigProblem::path)
                                .thenComparing(ConfigProblem::message))
                .toList();
    }

    private static String message(ConstraintViolation<?> violation) {
        boolean secret = violation.getInvalidValue() instanceof Secret<?>;
        for (Path.Node node : violation.getPropertyPath()) {
            secret |= INSIDE.equals(node.getName());
        }
        // a message may be made with the value in it
        String shown = String.valueOf(violation.getInvalidValue());
        String message = violation.getMessage();
        return secret && !shown.isEmpty() && message.contains(shown)
                ? violation.getMessageTemplate()
                : message;
    }

    /// The path with places in brackets and keys as names: `pools[0].maxSize`, `limits.upload`.
    private static String path(ConstraintViolation<?> violation) {
        StringBuilder path = new StringBuilder();
        for (Path.Node node : violation.getPropertyPath()) {
            if (node.getIndex() != null) {
                path.append('[').append(node.getIndex()).append(']');
            } else if (node.getKey() != null) {
                append(path, String.valueOf(node.getKey()));
            }
            if (node.getName() != null && node.getKind() == ElementKind.PROPERTY) {
                append(path, node.getName());
            }
        }
        return path.toString();
    }

    private static void append(StringBuilder path, String name) {
        path.append(path.isEmpty() ? "" : ".").append(name);
    }

    /// Lets constraints look into a [Secret].
    @UnwrapByDefault
    public static final class SecretExtractor implements ValueExtractor<Secret<@ExtractedValue ?>> {

        /// Creates the extractor. It has no state.
        public SecretExtractor() {}

        @Override
        public void extractValues(Secret<?> original, ValueReceiver receiver) {
            receiver.value(INSIDE, original.isDestroyed() ? null : original.reveal());
        }
    }
}
