package io.patinox.jdbc.internal;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A physical connection, with the settings it had when it was opened and which of them its present
/// borrower has touched.
///
/// The touching methods may be called by any thread; [#reset] only when nobody holds the session.
public final class Session {
    /*
     * A setting is marked before the driver is told, and stays marked until the end of the lease
     * even if the borrower puts it back himself: what he sets inside a transaction (PostgreSQL's
     * search_path, for one) is undone by its rollback, so that the last value given to the driver
     * need not be the one that holds.
     *
     * reset() rolls back first, because drivers refuse some changes inside a transaction. Then it
     * works with auto-commit on, so that no later rollback undoes what it has put back.
     *
     * Whatever may have to wait for the database happens between limitAnswers(), which the end of
     * the lease calls first if it has statements to close, and the putting back of the network
     * timeout, which is the last.
     */
    private static final VarHandle TOUCHED =
            ConstantBootstraps.fieldVarHandle(
                    MethodHandles.lookup(), "touched", VarHandle.class, Session.class, int.class);

    /// Guards the list of open statements of the present borrower.
    final ReentrantLock lock = new ReentrantLock();

    private final Connection connection;
    private final boolean autoCommit;
    private final int answerMillis;
    private final @Nullable Object[] opened = new @Nullable Object[Setting.values().length];
    private volatile int touched;
    private volatile boolean used;
    private volatile @Nullable Throwable spoiled;
    private boolean limited; // used by whoever ends the lease, and after him by the pool

    private Session(Connection connection, boolean autoCommit, int answerMillis) {
        this.connection = connection;
        this.autoCommit = autoCommit;
        this.answerMillis = answerMillis;
    }

    /// Takes a connection that was just opened: gives it the settings asked for, and reads the
    /// others.
    ///
    /// @param connection the driver's connection
    /// @param settings what every borrower finds
    /// @param answerTimeout how long the database may take for each answer while the settings are
    ///   put back
    /// @return the session
    /// @throws SQLException if the driver or the database refuses a setting, or the connection is
    ///   lost
    public static Session open(
            Connection connection, SessionSettings settings, Duration answerTimeout)
            throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.setAutoCommit(true);
        }
        settings.apply(connection);
        int millis = (int) Math.min(Integer.MAX_VALUE, answerTimeout.toMillis());
        Session session = new Session(connection, settings.autoCommit(), millis);
        for (Setting setting : Setting.values()) {
            if (setting.readAtOpen) {
                session.opened[setting.index()] = setting.readIfSupported(connection);
            }
        }
        String schema = settings.schema();
        if (schema != null) {
            session.opened[Setting.SCHEMA.index()] = schema;
        }
        connection.setAutoCommit(settings.autoCommit());
        connection.clearWarnings();
        return session;
    }

    /// Returns the driver's connection.
    ///
    /// @return the connection
    public Connection connection() {
        return connection;
    }

    /// Notes that the borrower did something, so that the lease leaves something to put back.
    void use() {
        if (!used) {
            used = true;
        }
    }

    boolean isUsed() {
        return used;
    }

    /// Notes that a setting is about to be changed.
    void touch(Setting setting) throws SQLException {
        readFirst(setting);
        mark(setting.bit());
    }

    private void readFirst(Setting setting) throws SQLException {
        int i = setting.index();
        if (!setting.readAtOpen && opened[i] == null) {
            opened[i] = setting.readIfSupported(connection);
        }
    }

    /// Notes that every setting may be changed without our seeing it. Those that can't be put back
    /// are left out: else every use of a driver's own class would cost the connection.
    void touchAll() throws SQLException {
        for (Setting setting : Setting.values()) {
            readFirst(setting);
            if (opened[setting.index()] != null) {
                mark(setting.bit());
            }
        }
    }

    // two threads of one borrower may touch two settings at once
    private void mark(int bit) {
        TOUCHED.getAndBitwiseOr(this, bit);
    }

    /// Notes a failure after which this session is not to be used again.
    void spoil(Throwable failure) {
        if (spoiled == null) {
            spoiled = failure;
        }
    }

    /// Returns whether a failure that the borrower met says that this session is of no more use.
    boolean isEndedBy(Throwable failure) {
        return ConnectionLoss.isIn(failure)
                || (ConnectionLoss.isReadOnlyServer(failure) && !mayBeReadOnly());
    }

    private boolean mayBeReadOnly() {
        return (touched & Setting.READ_ONLY.bit()) != 0
                || !Boolean.FALSE.equals(opened[Setting.READ_ONLY.index()]);
    }

    /// Makes this session as it was when it was opened: rolls back an open transaction, and puts
    /// back what was touched. Does nothing if the borrower did nothing.
    ///
    /// @throws SQLException if that fails, or something touched can't be put back: the session must
    ///   not be used again
    public void reset() throws SQLException {
        if (!used) {
            return;
        }
        Throwable failure = spoiled;
        if (failure != null) {
            throw new SQLException("a statement could not be closed", failure);
        }
        if (connection.isClosed()) {
            throw new SQLNonTransientConnectionException("closed while it was lent", "08003");
        }
        boolean inTransaction = !connection.getAutoCommit();
        int changed = touched;
        if (inTransaction || !autoCommit || changed != 0 || limited) {
            putBack(inTransaction, changed);
        }
        connection.clearWarnings();
        touched = 0;
        used = false;
    }

    /// Bounds how long the database may take for each answer, from now to the end of [#reset].
    void limitAnswers() throws SQLException {
        if (!limited && opened[Setting.NETWORK_TIMEOUT.index()] != null) {
            limited = true;
            Setting.NETWORK_TIMEOUT.write(connection, answerMillis);
        }
    }

    private void putBack(boolean inTransaction, int changed) throws SQLException {
        limitAnswers();
        if (inTransaction) {
            connection.rollback();
        }
        if (changed != 0 && inTransaction) {
            connection.setAutoCommit(true);
        }
        for (Setting setting : Setting.values()) {
            if (setting != Setting.NETWORK_TIMEOUT && (changed & setting.bit()) != 0) {
                putBack(setting);
            }
        }
        if (connection.getAutoCommit() != autoCommit) {
            connection.setAutoCommit(autoCommit);
        }
        if (limited || (changed & Setting.NETWORK_TIMEOUT.bit()) != 0) {
            putBack(Setting.NETWORK_TIMEOUT);
            limited = false;
        }
    }

    private void putBack(Setting setting) throws SQLException {
        Object value = opened[setting.index()];
        if (value == null) {
            throw new SQLException("what was touched can't be put back: " + setting, "0A000");
        }
        setting.write(connection, value);
    }

    @Override
    public String toString() {
        return "connection@" + Integer.toHexString(System.identityHashCode(connection));
    }
}
