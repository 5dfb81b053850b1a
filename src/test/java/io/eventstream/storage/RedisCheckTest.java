package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisCheckTest {

    @ParameterizedTest
    @CsvSource(
            nullValues = "fine",
            value = {
                "7.0.15, master, 0,    noeviction,     fine",
                "8.2.1,  master, 0,    allkeys-lru,    fine",
                "7.0.15, master, 1000, noeviction,     fine",
                "7.0.15, master, 1000, volatile-lru,   fine",
                "7.0.15, master, 1000, allkeys-lru,    noeviction",
                "7.0.15, master, 1000, allkeys-random, noeviction",
                "7.0.15, slave,  0,    noeviction,     primary",
                "6.2.0,  master, 0,    noeviction,     fine",
                "6.0.16, master, 0,    noeviction,     6.2",
                "5.0,    master, 0,    noeviction,     6.2",
            })
    void saysWhatMakesARedisUseless(String version, String role, long memory, String policy, String problem) {
        String info = "# Server\r\nredis_version:" + version + "\r\nrole:" + role + "\r\nmaxmemory:" + memory
                + "\r\nmaxmemory_policy:" + policy + "\r\n";

        assertThat(RedisCheck.problem(RedisCheck.parsed(info)).orElse("fine"))
                .contains(problem == null ? "fine" : problem);
    }
}
