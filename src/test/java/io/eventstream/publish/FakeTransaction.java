package io.eventstream.publish;

import java.util.ArrayList;
import java.util.List;

/** A caller's transaction that a test moves on. */
final class FakeTransaction extends CallersTransaction {

    private final List<Pending> pending = new ArrayList<>();
    private Phase phase = Phase.NONE;

    void begin() {
        phase = Phase.OPEN;
    }

    void doom() {
        phase = Phase.DOOMED;
    }

    void end() {
        phase = Phase.ENDING;
    }

    void commit() {
        phase = Phase.NONE;
        pending.forEach(Pending::committed);
    }

    void rollBack() {
        phase = Phase.NONE;
        pending.forEach(Pending::rolledBack);
    }

    @Override
    public Phase phase() {
        return phase;
    }

    @Override
    public boolean join(Pending one) {
        if (phase == Phase.OPEN) {
            pending.add(one);
        } else if (phase == Phase.DOOMED) {
            one.rolledBack();
        }
        return phase == Phase.OPEN || phase == Phase.DOOMED;
    }
}
