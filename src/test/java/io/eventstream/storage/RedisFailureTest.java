package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisFailureTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "OOM command not allowed when used memory > 'maxmemory'.",
                "READONLY You can't write against a read only replica.",
                "WRONGTYPE Operation against a key holding the wrong kind of value",
                "NOAUTH Authentication required.",
                "WRONGPASS invalid username-password pair or user is disabled.",
                "NOPERM this user has no permissions to run the 'info' command",
                "MOVED 3999 127.0.0.1:6381",
                "ERR unknown command 'XTRIM', with args beginning with: 'secret data'",
                "ERR Error running script (call to f_1): @user_script:9: @user_script: 9: -OOM command not allowed",
                "lower case"
            })
    void isRefusedWhereAnotherAttemptWouldNotHelp(String error) {
        var exception = RedisFailure.of(new IllegalStateException(error));

        assertThat(exception).isInstanceOf(StorageRefusedException.class).hasRootCauseMessage(error);
        assertThat(exception.getMessage()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOADING Redis is loading the dataset in memory",
                "BUSY Redis is busy running a script.",
                "CLUSTERDOWN Hash slot not served",
                "MASTERDOWN Link with MASTER is down",
                "TRYAGAIN Multiple keys request during rehashing of slot",
                "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to disk.",
                "NOREPLICAS Not enough good replicas to write.",
                "ERR max number of clients reached",
                "ERR Error running script (call to f_1): @user_script:9: @user_script: 9: -MISCONF Redis is configured"
            })
    void isUnavailableWhereItPasses(String error) {
        assertThat(RedisFailure.of(new IllegalStateException(error))).isInstanceOf(StorageUnavailableException.class);
    }
}
