package io.eventstream.it;

import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;

/** Sending where nothing is stored. */
@ContainerTest
class TransactionsIT extends TransactionsContract {

    TransactionsIT(Container container) {
        super(container.shared(TestWars.of("sending").with(SendingBean.class, SendingResource.class)));
    }

    @Override
    String idOfFirst() {
        return "OptionalLong.empty";
    }
}
