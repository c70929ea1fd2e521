package io.patinox.cli.demo;

import java.io.IOException;
import javax.sql.DataSource;

/// The database of one demo: embedded, or the user's own. Closing it takes away whatever the demo
/// has made there.
interface Database extends AutoCloseable {

    /// What to show of it: version and place, never a password.
    String title();

    /// Connections that aren't pooled.
    ///
    /// @param applicationName what the server shows of them, and finds them by
    DataSource connections(String applicationName);

    /// Whether [#crash()] and [#startAgain()] work.
    boolean canRestart();

    /// Ends every process of the server at once.
    void crash() throws IOException;

    /// Starts the crashed server again, with the same data and at the same port.
    void startAgain() throws IOException, InterruptedException;

    @Override
    void close();
}
