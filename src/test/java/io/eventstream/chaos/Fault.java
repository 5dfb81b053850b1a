package io.eventstream.chaos;

import java.time.Duration;

/**
 * Something that goes wrong for a while.
 *
 * @param length between begin and end; what the end takes comes on top
 * @param end returns once what was broken works again
 */
record Fault(String name, Duration length, Runnable begin, Runnable end) {

    static Fault killed(Node node, Duration length) {
        return new Fault("`kill -9` of the node on " + node.kind(), length, node::kill, node::restart);
    }

    static Fault frozen(Node node, Duration length) {
        return new Fault("`SIGSTOP` of the node on " + node.kind(), length, node::freeze, node::thaw);
    }

    static Fault cutOff(Node node, Duration length) {
        var link = node.link();
        return new Fault("cut between the node on " + node.kind() + " and the broker", length, link::cut, link::mend);
    }

    static Fault brokerKilled(Cluster cluster, Duration length) {
        var broker = cluster.broker();
        return new Fault("`kill -9` of the broker", length, broker::kill, broker::restart);
    }

    static Fault databaseKilled(Cluster cluster, Duration length) {
        var database = cluster.database();
        return new Fault("`kill -9` of the database", length, database::kill, database::restart);
    }
}
