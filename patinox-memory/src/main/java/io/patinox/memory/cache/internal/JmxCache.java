package io.patinox.memory.cache.internal;

import io.patinox.memory.cache.Cache;
import io.patinox.memory.cache.CacheMXBean;
import io.patinox.memory.error.InvalidOptionException;
import java.lang.management.ManagementFactory;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/// Shows a cache to JMX. Loaded only if asked for, so that the module is not needed otherwise.
final class JmxCache implements CacheMXBean {

    private final Cache<?, ?> cache;

    private JmxCache(Cache<?, ?> cache) {
        this.cache = cache;
    }

    /// Shows a cache.
    ///
    /// @return hides it again
    static Runnable show(Cache<?, ?> cache) {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName as =
                    new ObjectName(
                            "io.patinox.memory:type=Cache,name=" + ObjectName.quote(cache.name()));
            var bean = new StandardMBean(new JmxCache(cache), CacheMXBean.class, true);
            var _ = server.registerMBean(bean, as);
            return () -> hide(server, as);
        } catch (InstanceAlreadyExistsException e) {
            throw new InvalidOptionException(
                    "jmx",
                    cache.name(),
                    "on for one cache of a name at a time",
                    "give this cache another name");
        } catch (JMException | NoClassDefFoundError e) {
            InvalidOptionException refused =
                    new InvalidOptionException(
                            "jmx", true, "off where there is no JMX", "add java.management");
            refused.addSuppressed(e);
            throw refused;
        }
    }

    private static void hide(MBeanServer server, ObjectName as) {
        try {
            server.unregisterMBean(as);
        } catch (JMException goneAlready) {
            // somebody else has taken it away
        }
    }

    @Override
    public long getHits() {
        return cache.statistics().hits();
    }

    @Override
    public long getMisses() {
        return cache.statistics().misses();
    }

    @Override
    public double getHitRatio() {
        return cache.statistics().hitRatio();
    }

    @Override
    public long getEvictions() {
        return cache.statistics().evictions();
    }

    @Override
    public long getEntries() {
        return cache.size();
    }

    @Override
    public long getMaxEntries() {
        return cache.bounds().maxEntries();
    }

    @Override
    public void setMaxEntries(long maxEntries) {
        cache.resize(cache.bounds().withMaxEntries(maxEntries));
    }

    @Override
    public String getHealth() {
        return cache.health().toString();
    }

    @Override
    public void invalidateAll() {
        cache.invalidateAll();
    }
}
