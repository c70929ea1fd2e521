package io.patinox.config.formats;

import static org.assertj.core.api.Assertions.assertThat;

import io.patinox.memory.config.ConfigBinder;
import io.patinox.memory.config.ConfigNode.Table;
import io.patinox.memory.config.ConfigProblem;
import io.patinox.memory.config.Secret;
import jakarta.validation.Valid;
import jakarta.validation.Validation;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JakartaValidationTest {

    record Pool(@Min(1) int maxSize, @Max(10) int minIdle) {}

    record App(
            @NotBlank String name,
            @Valid Pool pool,
            List<@Valid Pool> more,
            Map<String, @Max(5) Integer> limits,
            List<@NotBlank String> hosts,
            Secret<@Size(min = 8, message = "is too short: ${validatedValue}") String> password) {}

    private static final String BAD =
            """
            name: ' '
            pool: {max-size: 0, min-idle: 1}
            more:
            - {max-size: 1, min-idle: 1}
            - {max-size: 1, min-idle: 11}
            limits: {upload: 6}
            hosts: [a, '']
            password: hunter2
            """;

    private static Table tree(String yaml) {
        return FormatsTest.parse(new YamlFormat(), yaml);
    }

    @Test
    void violations_ofAWholeTree_haveTheirPlacesAndNoSecret() {
        var binding =
                ConfigBinder.builder(App.class)
                        .validator(JakartaValidation.standard())
                        .build()
                        .bind(tree(BAD));

        assertThat(binding.problems())
                .extracting(ConfigProblem::toString)
                .containsExactly(
                        "hosts[1]: must not be blank (file x:7:12)",
                        "limits.upload: must be less than or equal to 5 (file x:6:18)",
                        "more[1].minIdle: must be less than or equal to 10 (file x:5:27)",
                        "name: must not be blank (file x:1:7)",
                        "password: is too short: ${validatedValue} (file x:8:11)",
                        "pool.maxSize: must be greater than or equal to 1 (file x:2:18)");
    }

    @Test
    void validator_ofTheProgram_isUsed() {
        try (var factory = Validation.buildDefaultValidatorFactory()) {
            var validator = JakartaValidation.of(factory.getValidator());

            assertThat(validator.validate(new Pool(0, 1)))
                    .singleElement()
                    .returns("maxSize", ConfigProblem::path);
            assertThat(validator.validate(new Pool(1, 1))).isEmpty();
        }
    }

    @Test
    void secret_thatWasDestroyed_hasNoValueToJudge() {
        Secret<String> secret = Secret.of("x");
        secret.destroy();

        assertThat(
                        JakartaValidation.standard()
                                .validate(
                                        new App(
                                                "a",
                                                new Pool(1, 1),
                                                List.of(),
                                                Map.of(),
                                                List.of(),
                                                secret)))
                .isEmpty();
    }
}
