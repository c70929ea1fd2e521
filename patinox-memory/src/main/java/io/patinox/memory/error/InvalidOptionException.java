package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// An option or argument is out of its range, missing, or contradicts another one.
///
/// Thrown where the option is given or, at the latest, by `build()`: before anything is opened.
public final class InvalidOptionException extends PatinoxException {

    private static final long serialVersionUID = 1L;

    private static final List<String> SECRET_WORDS =
            List.of(
                    "password",
                    "passwd",
                    "pwd",
                    "passphrase",
                    "secret",
                    "token",
                    "credential",
                    "apikey",
                    "privatekey",
                    "accesskey",
                    "authorization");

    /// The name of the option.
    private final String option;

    /// The value given, as shown in the message.
    private final String value;

    /// What the option allows.
    private final String bound;

    /// Creates the exception.
    ///
    /// @param option the name of the option, as in the builder
    /// @param value what was given; shown as `***` if the option's name says that it is a secret
    /// @param bound what is allowed, for example `1 to 10,000`
    /// @param wayOut what to do, for example `raise maxSize or lower minSize`
    public InvalidOptionException(
            String option, @Nullable Object value, String bound, String wayOut) {
        super(
                MemoryErrorCode.OPTION_INVALID,
                "option '" + option + "' must be " + bound + ", but is " + shown(option, value),
                wayOut,
                null);
        this.option = option;
        this.value = shown(option, value);
        this.bound = bound;
    }

    /// Returns the name of the option.
    ///
    /// @return the name, as in the builder
    public String option() {
        return option;
    }

    /// Returns the value given, as text.
    ///
    /// @return the value, or `***` for a secret
    public String value() {
        return value;
    }

    /// Returns what the option allows.
    ///
    /// @return the bound in words
    public String bound() {
        return bound;
    }

    private static String shown(String option, @Nullable Object value) {
        return value != null && isSecret(option) ? "***" : Describe.value(value);
    }

    static boolean isSecret(String option) {
        String name = option.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
        return SECRET_WORDS.stream().anyMatch(name::contains);
    }
}
