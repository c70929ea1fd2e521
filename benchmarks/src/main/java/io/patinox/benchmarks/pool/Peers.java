package io.patinox.benchmarks.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.ConcurrentBag;
import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.Pool;
import java.time.Duration;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;

/// The implementations, set up as their own documentation recommends for a pool of fixed size; what
/// is not set here keeps its default.
final class Peers {

    static final String PATINOX = "patinox";
    static final String HIKARI = "hikari";
    static final String HIKARI_BAG = "hikari-bag";
    static final String COMMONS = "commons-pool2";
    static final String COMMONS_FAIR = "commons-pool2 fair";
    static final String SEMAPHORE = "fair semaphore";

    private Peers() {}

    /// Ours, as it comes: metrics and leak tracking are on.
    static Pool<StubConnection> patinox(int size) {
        return Pool.builder(new Connections()).name("bench").maxSize(size).build();
    }

    /// HikariCP recommends a fixed size, which is its default when only the maximum is set.
    static HikariDataSource hikari(int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("bench");
        config.setDriverClassName(StubDriver.class.getName());
        config.setJdbcUrl(StubDriver.URL);
        config.setMaximumPoolSize(size);
        return new HikariDataSource(config);
    }

    /// The heart of HikariCP alone: no proxy, no reset of a connection's state, no metrics.
    static ConcurrentBag<BagEntry> hikariBag(int size) {
        ConcurrentBag<BagEntry> bag = new ConcurrentBag<>(_ -> {});
        for (int i = 0; i < size; i++) {
            bag.add(new BagEntry());
        }
        return bag;
    }

    /// Without `maxIdle` a pool of more than 8 would destroy what is released.
    static GenericObjectPool<StubConnection> commons(int size, boolean fair) {
        GenericObjectPoolConfig<StubConnection> config = new GenericObjectPoolConfig<>();
        config.setMaxTotal(size);
        config.setMaxIdle(size);
        config.setFairness(fair);
        config.setMaxWait(Duration.ofMinutes(1));
        return new GenericObjectPool<>(new Factory(), config);
    }

    static FairSemaphorePool<StubConnection> semaphore(int size) {
        return new FairSemaphorePool<>(size, StubConnection::new);
    }

    private static final class Connections implements ConnectionManager<StubConnection> {

        @Override
        public StubConnection create() {
            return new StubConnection();
        }

        @Override
        public boolean validate(StubConnection connection) {
            return connection.isValid(1);
        }

        @Override
        public void destroy(StubConnection connection) {
            connection.close();
        }
    }

    private static final class Factory extends BasePooledObjectFactory<StubConnection> {

        @Override
        public StubConnection create() {
            return new StubConnection();
        }

        @Override
        public PooledObject<StubConnection> wrap(StubConnection connection) {
            return new DefaultPooledObject<>(connection);
        }
    }
}
