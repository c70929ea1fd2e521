package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.patinox.memory.error.PoolAcquireTimeoutException;
import io.patinox.memory.error.PoolUnavailableException;
import io.patinox.memory.error.RecoveryStrategy;
import io.patinox.memory.monitor.MetricsSnapshot;
import io.patinox.memory.monitor.Monitor;
import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.PoolAdvice;
import io.patinox.memory.pool.PoolAdvisor;
import io.patinox.memory.pool.PoolCloseReport;
import io.patinox.memory.pool.PooledConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the documentation of the pool shows, compiled and executed against a real server.
class PoolExamples {
    private ServerSocket server;
    private InetSocketAddress address;

    // @start region="manager"
    /// Pools sockets to one address.
    record Sockets(InetSocketAddress address) implements ConnectionManager<Socket> {
        @Override
        public Socket create() throws IOException {
            Socket socket = new Socket();
            socket.connect(address, 5_000);
            return socket;
        }

        @Override
        public boolean validate(Socket socket) {
            return !socket.isClosed() && !socket.isInputShutdown();
        }

        @Override
        public void destroy(Socket socket) throws IOException {
            socket.close();
        }
    }

    // @end

    @BeforeEach
    void startEchoServer() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        address = new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
        Thread.ofVirtual().start(this::serve);
    }

    @AfterEach
    void stopEchoServer() throws IOException {
        server.close();
    }

    @Test
    void borrow_aSocket_givesItBackAtTheEndOfTheBlock() throws IOException {
        // @start region="borrow"
        try (Pool<Socket> pool = Pool.builder(new Sockets(address)).maxSize(4).build()) {
            try (PooledConnection<Socket> lease = pool.acquire()) {
                lease.connection().getOutputStream().write('x');
            }
        }
        // @end
        try (Pool<Socket> pool = Pool.builder(new Sockets(address)).build()) {
            assertThat(echo(pool, 'x')).isEqualTo('x');
            assertThat(pool.idle()).isEqualTo(1);
        }
    }

    @Test
    void maxOvertaking_builds() {
        // @start region="overtaking"
        Pool<Socket> pool =
                Pool.builder(new Sockets(address)).maxSize(4).maxOvertaking(1_000).build();
        // @end
        assertThat(pool.maxSize()).isEqualTo(4);
        pool.close();
    }

    @Test
    void start_withATimeLimit_failsFastOrHasItsObjects() {
        // @start region="start"
        Pool<Socket> pool =
                Pool.builder(new Sockets(address))
                        .initialSize(4)
                        .startTimeout(Duration.ofSeconds(5))
                        .failFastAfter(5)
                        .createBackoff(Duration.ofMillis(50), Duration.ofSeconds(5))
                        .build();
        // @end
        assertThat(pool.idle()).isEqualTo(4);
        // @start region="warm-up"
        pool.warmUp(8).orTimeout(10, TimeUnit.SECONDS).join();
        // @end
        assertThat(pool.idle()).isEqualTo(8);
        pool.close();
    }

    @Test
    void failFast_serverGone_saysSoAtOnce() throws IOException {
        stopEchoServer();
        try (Pool<Socket> pool =
                Pool.builder(new Sockets(address)).failFastAfter(2).maxSize(1).build()) {
            assertThatThrownBy(pool::acquire).isInstanceOf(PoolUnavailableException.class);
            // @start region="unavailable"
            try (PooledConnection<Socket> lease = pool.acquire()) {
                lease.connection();
            } catch (PoolUnavailableException e) {
                // POOL-UNAVAILABLE: how many attempts failed, and with what
                if (e.strategy() instanceof RecoveryStrategy.CircuitBreak(Duration openFor)) {
                    assertThat(openFor).isPositive();
                }
            }
            // @end
        }
    }

    @Test
    void advice_ofAPool_namesItsFigures() {
        try (Pool<Socket> pool = Pool.builder(new Sockets(address)).name("echo").build()) {
            // @start region="advice"
            PoolAdvice advice = pool.advice();
            if (advice.verdict() == PoolAdvice.Verdict.TOO_SMALL) {
                System.getLogger("app").log(INFO, advice.sentence());
            }
            // @end
            assertThat(advice.recommendedSize()).isEqualTo(10);
            // @start region="advisor"
            MetricsSnapshot before = pool.metrics();
            // ... some time later
            MetricsSnapshot after = pool.metrics();
            PoolAdvice judged = PoolAdvisor.advise(before, after, Duration.ofMinutes(10));
            // @end
            assertThat(judged.sentence()).startsWith("pool 'echo', 10 objects at most, in 600 s");
        }
    }

    @Test
    void build_withOptions_namesWhatItReports() {
        // @start region="build"
        Pool<Socket> pool =
                Pool.builder(new Sockets(address))
                        .name("echo")
                        .maxSize(16)
                        .minSize(2)
                        .acquireTimeout(Duration.ofSeconds(2))
                        .idleTimeout(Duration.ofMinutes(5))
                        .leakThreshold(Duration.ofMinutes(1))
                        .monitor(Monitor.all(Monitor.jfr(), Monitor.logging()))
                        .build();
        // @end
        assertThat(pool.name()).isEqualTo("echo");
        assertThat(pool.maxSize()).isEqualTo(16);
        pool.close();
        assertThat(pool.isClosed()).isTrue();
    }

    @Test
    void use_aFunction_releasesWhateverHappens() throws IOException {
        try (Pool<Socket> pool = Pool.builder(new Sockets(address)).build()) {
            // @start region="use"
            int answer =
                    pool.use(socket -> {
                        socket.getOutputStream().write(42);
                        return socket.getInputStream().read();
                    });
            // @end
            assertThat(answer).isEqualTo(42);
            assertThat(pool.inUse()).isZero();
        }
    }

    @Test
    void expire_aBrokenSocket_isNotLentAgain() throws IOException {
        try (Pool<Socket> pool = Pool.builder(new Sockets(address)).build()) {
            // @start region="expire"
            try (PooledConnection<Socket> lease = pool.acquire()) {
                try {
                    lease.connection().getOutputStream().write('x');
                } catch (IOException e) {
                    lease.expire();
                    throw e;
                }
            }
            // @end
            Socket first;
            try (PooledConnection<Socket> lease = pool.acquire()) {
                first = lease.connection();
                lease.expire();
            }
            try (PooledConnection<Socket> lease = pool.acquire()) {
                assertThat(lease.connection()).isNotSameAs(first);
            }
        }
    }

    @Test
    void acquireAsync_aSocket_arrivesInTurn() {
        try (Pool<Socket> pool = Pool.builder(new Sockets(address)).build()) {
            // @start region="async"
            CompletableFuture<Integer> answer =
                    pool.acquireAsync()
                            .thenApply(lease -> {
                                try (lease) {
                                    lease.connection().getOutputStream().write(7);
                                    return lease.connection().getInputStream().read();
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            });
            // @end
            assertThat(answer.join()).isEqualTo(7);
        }
    }

    @Test
    void acquire_poolExhausted_saysWhyAndWhatNext() {
        try (Pool<Socket> pool = Pool.builder(new Sockets(address)).maxSize(1).build();
                PooledConnection<Socket> held = pool.acquire()) {
            assertThat(held.isReleased()).isFalse();
            // @start region="timeout"
            try (PooledConnection<Socket> lease = pool.acquire(Duration.ofMillis(10))) {
                lease.connection();
            } catch (PoolAcquireTimeoutException e) {
                // POOL-ACQUIRE-TIMEOUT: how long it waited, who has the objects, what to do
                RecoveryStrategy next = e.strategy();
                assertThat(next).isInstanceOf(RecoveryStrategy.Retry.class);
            }
            // @end
            assertThatThrownBy(() -> pool.acquire(Duration.ZERO))
                    .isInstanceOf(PoolAcquireTimeoutException.class)
                    .hasMessageContaining("POOL-ACQUIRE-TIMEOUT");
        }
    }

    @Test
    void close_withALeaseOut_waitsAndReports() {
        Pool<Socket> pool = Pool.builder(new Sockets(address)).build();
        PooledConnection<Socket> forgotten = pool.acquire();
        // @start region="close"
        PoolCloseReport report = pool.close(Duration.ofMillis(100));
        if (!report.complete()) {
            report.abandoned().forEach(line -> System.getLogger("app").log(INFO, line));
        }
        // @end
        assertThat(report.abandoned()).hasSize(1);
        forgotten.close();
        assertThat(pool.size()).isZero();
    }

    private static final System.Logger.Level INFO = System.Logger.Level.INFO;

    private static int echo(Pool<Socket> pool, int value) throws IOException {
        return pool.use(socket -> {
            socket.getOutputStream().write(value);
            return socket.getInputStream().read();
        });
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                Thread.ofVirtual().start(() -> echoAll(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void echoAll(Socket client) {
        try (client;
                InputStream in = client.getInputStream();
                OutputStream out = client.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException e) {
            // the client has gone
        }
    }
}
