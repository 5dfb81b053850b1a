package io.eventstream.publish;

import java.util.Map;

/**
 * What is answered to a request to publish.
 *
 * @param status of HTTP
 * @param json the body
 * @param headers others than those of the body
 */
record Answer(int status, String json, Map<String, String> headers) {

    Answer {
        headers = Map.copyOf(headers);
    }
}
