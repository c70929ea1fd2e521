package io.patinox.cli.demo.postgres;

/// What the demo's server is told beyond the defaults of `initdb`.
final class PostgresSettings {

    private PostgresSettings() {}

    /*
     * fsync is off: the demo kills the server, not the machine, and what a killed process has
     * handed to the operating system is kept. A slow disk would otherwise measure itself.
     * synchronous_commit stays on: an acknowledged commit has left the process.
     */
    static String text(int maxConnections) {
        return """

        # the demo's own
        listen_addresses = '127.0.0.1'
        unix_socket_directories = ''
        max_connections = %d
        shared_buffers = 128MB
        fsync = off
        full_page_writes = off
        synchronous_commit = on
        max_wal_senders = 0
        wal_level = minimal
        wal_init_zero = off
        max_wal_size = 2GB
        checkpoint_timeout = 1h
        log_min_messages = warning
        log_checkpoints = off
        autovacuum_naptime = 20s
        """
                .formatted(maxConnections);
    }
}
