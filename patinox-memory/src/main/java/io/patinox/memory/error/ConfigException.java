package io.patinox.memory.error;

import org.jspecify.annotations.Nullable;

/// A failure of a configuration: of its text, its schema, its values, or its type.
///
/// Messages show no secret and no line of a file.
public abstract sealed class ConfigException extends PatinoxException
        permits ConfigSyntaxException,
                ConfigBindingException,
                ConfigTypeException,
                ConfigMigrationException,
                ConfigSchemaException,
                SecretDestroyedException,
                ConfigClosedException,
                ConfigRejectedException,
                ConfigTimeoutException,
                ConfigInterruptedException,
                ConfigReentrantException,
                ConfigVersionException,
                ConfigRolloutException {

    private static final long serialVersionUID = 1L;

    ConfigException(ErrorCode code, String message, @Nullable Throwable cause) {
        super(code, message, cause);
    }
}
