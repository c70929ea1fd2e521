package io.patinox.memory.error;

import org.jspecify.annotations.Nullable;

/// The root of everything the library throws on purpose.
///
/// Each failure has a stable [code][#code()], typed fields with the names and limits involved, a
/// [strategy][#strategy()] for what to do at run time, and a message that says what happened, the
/// limit and the actual value, and what to do.
///
/// {@snippet file="io/patinox/memory/examples/ErrorExamples.java" region="code"}
///
/// The tree is sealed, but it grows: new leaves may appear in any release, so a `switch` over
/// leaves needs a default branch. Integrations extend [IntegrationException].
///
/// Instances are immutable apart from what `Throwable` itself lets one change, and serializable if
/// their causes are.
public abstract sealed class PatinoxException extends RuntimeException
        permits InvalidOptionException,
                ResourceException,
                PoolException,
                ShareException,
                ConfigException,
                CacheException,
                MappingException,
                IntegrationException {

    private static final long serialVersionUID = 1L;

    /// What the failure is.
    private final ErrorCode code;

    PatinoxException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, code.remedy(), cause);
    }

    PatinoxException(ErrorCode code, String message, String remedy, @Nullable Throwable cause) {
        super(code.id() + ": " + message + "; " + remedy, cause);
        this.code = code;
    }

    /// Returns what the failure is.
    ///
    /// @return the code
    public final ErrorCode code() {
        return code;
    }

    /// Returns what a caller can do about it: the same as [RecoveryStrategy#of(Throwable)] for this
    /// exception, so causes count.
    ///
    /// @return the strategy
    public final RecoveryStrategy strategy() {
        return RecoveryStrategy.of(this);
    }
}
