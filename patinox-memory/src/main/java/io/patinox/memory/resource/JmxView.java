package io.patinox.memory.resource;

import io.patinox.memory.error.InvalidOptionException;
import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.InstanceAlreadyExistsException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.StandardMBean;

/// Shows a registry to JMX. Loaded only if asked for, so that the module is not needed otherwise.
final class JmxView implements ResourceRegistryMXBean {
    private final ResourceRegistry registry;

    private JmxView(ResourceRegistry registry) {
        this.registry = registry;
    }

    static void show(ResourceRegistry registry) {
        String name = registry.name();
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName as =
                    new ObjectName(
                            "io.patinox.memory:type=ResourceRegistry,name="
                                    + ObjectName.quote(name));
            var bean = new StandardMBean(new JmxView(registry), ResourceRegistryMXBean.class, true);
            var _ = server.registerMBean(bean, as);
            registry.core().onClosed(() -> hide(server, as));
        } catch (InstanceAlreadyExistsException e) {
            throw new InvalidOptionException(
                    "jmx",
                    name,
                    "on for one registry of a name at a time",
                    "give this registry another name");
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
    public long getAcquired() {
        return registry.balance().acquired();
    }

    @Override
    public long getCleaned() {
        return registry.balance().cleaned();
    }

    @Override
    public long getFailed() {
        return registry.balance().failed();
    }

    @Override
    public long getAbandoned() {
        return registry.balance().abandoned();
    }

    @Override
    public long getDetached() {
        return registry.balance().detached();
    }

    @Override
    public long getOpen() {
        return registry.balance().open();
    }

    @Override
    public long getLeaked() {
        return registry.core().reports().leaks().total();
    }

    @Override
    public String getHealth() {
        return registry.health().toString();
    }

    @Override
    public String[] getStuck() {
        return registry.stuck().toArray(String[]::new);
    }

    @Override
    public String[] oldest(int n) {
        return lines(registry.select().oldest(n));
    }

    @Override
    public String[] largest(int n) {
        return lines(registry.select().largest(n));
    }

    private static String[] lines(List<ResourceView> views) {
        return views.stream().map(ResourceView::toString).toArray(String[]::new);
    }

    @Override
    public String dump() {
        return registry.dump();
    }

    @Override
    public String dumpJson() {
        return registry.dumpJson();
    }
}
