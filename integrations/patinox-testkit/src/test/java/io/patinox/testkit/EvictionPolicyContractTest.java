package io.patinox.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.testkit.samples.Policies;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Claim: a policy that breaks its contract fails, and the failure says how.
@Timeout(120)
class EvictionPolicyContractTest {

    private static String failure(Class<?> type, String test) {
        Map<String, Throwable> failures = Runs.failures(type);
        assertThat(failures).containsKey(test + "()");
        return failures.get(test + "()").getMessage();
    }

    @Test
    void contract_badName_fails() {
        assertThat(Runs.failures(Policies.BadName.class)).hasSize(1);
        assertThat(failure(Policies.BadName.class, "name_always_suitsReports"))
                .startsWith("the name 'not a name' must be");
    }

    @Test
    void contract_oneOrderForAll_fails() {
        assertThat(failure(Policies.SharesItsOrder.class, "newOrder_twice_makesTwo"))
                .startsWith("two shards would share an order");
    }

    @Test
    void contract_lostEntry_fails() {
        assertThat(
                        failure(
                                Policies.LosesEntries.class,
                                "order_entriesOfWeightOne_keepsItsContract"))
                .startsWith("policy broken, room for")
                .contains("evict() returned null, though")
                .contains("seed ");
    }

    @Test
    void contract_removedEntry_isNotThere() {
        assertThat(
                        failure(
                                Policies.IgnoresRemovals.class,
                                "order_entriesOfWeightOne_keepsItsContract"))
                .contains("evict() returned the entry of key")
                .endsWith("which is not there");
    }

    @Test
    void contract_exception_namesCallAndSeed() {
        assertThat(
                        failure(
                                Policies.ThrowsWhenResized.class,
                                "order_leastCapacities_keepsItsContract"))
                .contains("resized() threw java.lang.IllegalStateException: no")
                .contains("seed 77L");
    }

    @Test
    void contract_walkOverAllEntries_takesTooManySteps() {
        assertThat(failure(Policies.WalksOverAll.class, "evict_nobodyHit_takesFewSteps"))
                .contains("on average, more than 100");
    }

    @Test
    void contract_endlessCall_isEnded() {
        assertThat(failure(Policies.NeverEnds.class, "order_entriesOfWeightOne_keepsItsContract"))
                .contains("evict() threw")
                .contains("goes on and on");
    }
}
