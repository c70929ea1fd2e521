package io.patinox.memory.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.pool.KeyLoad;
import io.patinox.memory.pool.KeyedConnectionManager;
import io.patinox.memory.pool.KeyedPool;
import io.patinox.memory.pool.PooledConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the documentation of keyed pools shows, compiled and executed against real servers.
class KeyedPoolExamples {
    private final List<ServerSocket> servers = new ArrayList<>();
    private InetSocketAddress orders;
    private InetSocketAddress stock;

    // @start region="manager"
    /// Pools sockets to any address.
    record Sockets() implements KeyedConnectionManager<InetSocketAddress, Socket> {
        @Override
        public Socket create(InetSocketAddress address) throws IOException {
            Socket socket = new Socket();
            socket.connect(address, 5_000);
            return socket;
        }

        @Override
        public boolean validate(InetSocketAddress address, Socket socket) {
            return !socket.isClosed() && !socket.isInputShutdown();
        }

        @Override
        public void destroy(InetSocketAddress address, Socket socket) throws IOException {
            socket.close();
        }
    }

    // @end

    @BeforeEach
    void startEchoServers() throws IOException {
        orders = startEchoServer();
        stock = startEchoServer();
    }

    @AfterEach
    void stopEchoServers() throws IOException {
        for (ServerSocket server : servers) {
            server.close();
        }
    }

    @Test
    void borrow_byKey_connectsToThatAddress() throws IOException {
        // @start region="borrow"
        try (KeyedPool<InetSocketAddress, Socket> pool =
                KeyedPool.builder(new Sockets()).maxTotal(20).maxPerKey(4).build()) {
            try (PooledConnection<Socket> lease = pool.acquire(orders)) {
                lease.connection().getOutputStream().write('x');
            }
            int answer =
                    pool.use(
                            stock,
                            socket -> {
                                socket.getOutputStream().write(42);
                                return socket.getInputStream().read();
                            });
            assertThat(answer).isEqualTo(42);
        }
        // @end
    }

    @Test
    void build_withOptions_limitsEachKey() {
        // @start region="build"
        KeyedPool<InetSocketAddress, Socket> pool =
                KeyedPool.builder(new Sockets())
                        .name("backends")
                        .maxTotal(200)
                        .maxPerKey(address -> address.getPort() == 443 ? 20 : 5)
                        .keyPasses(8)
                        .idleKeyTimeout(Duration.ofMinutes(5))
                        .eachKey(each ->
                                each.acquireTimeout(Duration.ofSeconds(2))
                                        .idleTimeout(Duration.ofMinutes(1))
                                        .maxLifetime(Duration.ofMinutes(20)))
                        .build();
        // @end
        assertThat(pool.maxTotal()).isEqualTo(200);
        assertThat(pool.name()).isEqualTo("backends");
        pool.close();
    }

    @Test
    void busiest_someKeysInUse_saysWhich() {
        try (KeyedPool<InetSocketAddress, Socket> pool = KeyedPool.builder(new Sockets()).build()) {
            pool.acquire(stock).close();
            try (PooledConnection<Socket> lease = pool.acquire(orders)) {
                assertThat(lease.isReleased()).isFalse();
                // @start region="busiest"
                for (KeyLoad<InetSocketAddress> load : pool.busiest(5)) {
                    System.getLogger("app")
                            .log(
                                    System.Logger.Level.INFO,
                                    load.key()
                                            + ": "
                                            + load.inUse()
                                            + " in use, "
                                            + load.waiting());
                }
                // @end
                assertThat(pool.busiest(1).getFirst()).isEqualTo(new KeyLoad<>(orders, 1, 0, 0));
            }
        }
    }

    private InetSocketAddress startEchoServer() throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        servers.add(server);
        Thread.ofVirtual().start(() -> serve(server));
        return new InetSocketAddress(server.getInetAddress(), server.getLocalPort());
    }

    private static void serve(ServerSocket server) {
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
