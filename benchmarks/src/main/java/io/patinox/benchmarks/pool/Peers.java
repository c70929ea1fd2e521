package io.patinox.benchmarks.pool;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.util.ConcurrentBag;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.patinox.memory.pool.ConnectionManager;
import io.patinox.memory.pool.Pool;
import io.patinox.memory.pool.Striping;
import java.sql.SQLException;
import java.time.Duration;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.vibur.objectpool.ConcurrentPool;
import org.vibur.objectpool.PoolObjectFactory;
import org.vibur.objectpool.util.ConcurrentLinkedDequeCollection;

/// The implementations, set up as their own documentation recommends for a pool of fixed size; what
/// is not set here keeps its default.
final class Peers {

    static final String PATINOX = "patinox";
    static final String HIKARI = "hikari";
    static final String HIKARI_BAG = "hikari-bag";
    static final String COMMONS = "commons-pool2";
    static final String COMMONS_FAIR = "commons-pool2 fair";
    static final String SEMAPHORE = "fair semaphore";
    static final String STORMPOT = "stormpot";
    static final String STORMPOT_VIRTUAL = "stormpot virtual";
    static final String VIBUR = "vibur";
    static final String AGROAL = "agroal";
    static final String PATINOX_PACKED = "patinox packed";
    static final String PATINOX_OVERTAKING = "patinox overtaking";

    /// How many newcomers may pass the same head where overtaking is allowed.
    private static final int OVERTAKING = 1_000;

    private Peers() {}

    /// Ours, as it comes: metrics and leak tracking are on.
    static Pool<StubConnection> patinox(int size) {
        return Pool.builder(new Connections()).name("bench").maxSize(size).build();
    }

    /// Ours on its other engine.
    static Pool<StubConnection> patinoxPacked(int size) {
        return Pool.builder(new Connections())
                .name("bench")
                .maxSize(size)
                .striping(Striping.PACKED)
                .build();
    }

    /// Ours with the overtaking that others have without being asked.
    static Pool<StubConnection> patinoxOvertaking(int size) {
        return Pool.builder(new Connections())
                .name("bench")
                .maxSize(size)
                .maxOvertaking(OVERTAKING)
                .build();
    }

    /// Stormpot's default setup, filled by its own thread. Its taps are part of the pool.
    static stormpot.Pool<StormpotEntry> stormpot(int size) {
        return stormpot.Pool.from(new StormpotEntry.Maker()).setSize(size).build();
    }

    /// Fair, as by its default in the pool of JDBC connections of the same house.
    static ConcurrentPool<StubConnection> vibur(int size) {
        return new ConcurrentPool<>(
                new ConcurrentLinkedDequeCollection<>(), new Restorer(), size, size, true);
    }

    /// Agroal's data source with its defaults, of a fixed size.
    static AgroalDataSource agroal(int size) {
        var pool =
                new AgroalConnectionPoolConfigurationSupplier()
                        .initialSize(size)
                        .minSize(size)
                        .maxSize(size)
                        .acquisitionTimeout(Duration.ofMinutes(1))
                        .connectionFactoryConfiguration(factory ->
                                factory.connectionProviderClass(StubDriver.class)
                                        .jdbcUrl(StubDriver.URL));
        try {
            return AgroalDataSource.from(
                    new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(pool));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
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

    private static final class Restorer implements PoolObjectFactory<StubConnection> {

        @Override
        public StubConnection create() {
            return new StubConnection();
        }

        @Override
        public boolean readyToTake(StubConnection connection) {
            return true;
        }

        @Override
        public boolean readyToRestore(StubConnection connection) {
            return true;
        }

        @Override
        public void destroy(StubConnection connection) {
            connection.close();
        }
    }
}
