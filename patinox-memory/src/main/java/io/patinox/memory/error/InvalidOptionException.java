package io.patinox.memory.error;

import io.patinox.memory.internal.Describe;
import io.patinox.memory.internal.Secrets;
import org.jspecify.annotations.Nullable;

/// An option or argument is out of its range, missing, or contradicts another one.
///
/// Thrown where the option is given or, at the latest, by `build()`: before anything is opened.
public final class InvalidOptionException extends PatinoxException {

    private static final long serialVersionUID = 1L;

    /// The name of the option.
    private final String option;

    /// The value given, as shown in the message.
    private final String value;

    /// What the option allows.
    private final String bound;

    /// Creates the exception.
    ///
    /// @param option the name of the option, as in the builder
    /// @param value what was given; shown as `***` if the option's name says that it is a secret,
    ///   and without what looks like a password inside a URL
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
        return value != null && Secrets.isSecret(option) ? Secrets.MASK : Describe.value(value);
    }
}
