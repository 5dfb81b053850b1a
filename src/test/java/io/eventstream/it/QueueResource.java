package io.eventstream.it;

import io.eventstream.cluster.QueueTexts;
import jakarta.enterprise.context.RequestScoped;
import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSProducer;
import jakarta.jms.Queue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import javax.naming.InitialContext;
import javax.naming.NamingException;

/** Another program at the server's own broker; it is in the server, since nobody outside of it reaches that broker. */
@Path("queue")
@RequestScoped
public class QueueResource {

    /** Sends the texts of numbers from 0 on, and a last one. */
    @POST
    public void send(
            @QueryParam("queue") String name,
            @QueryParam("channel") String channel,
            @QueryParam("count") int count,
            @QueryParam("last") String last)
            throws NamingException {
        ConnectionFactory factory = InitialContext.doLookup("java:comp/DefaultJMSConnectionFactory");
        try (JMSContext context = factory.createContext()) {
            Queue queue = context.createQueue(name);
            JMSProducer producer = context.createProducer();
            producer.send(queue, "garbage");
            for (int i = 0; i < count; i++) {
                producer.send(queue, QueueTexts.json(channel, "message", Integer.toString(i)));
            }
            producer.send(queue, QueueTexts.text(channel, "message", last));
        }
    }
}
