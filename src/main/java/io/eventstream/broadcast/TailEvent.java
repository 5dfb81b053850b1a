package io.eventstream.broadcast;

import java.util.Set;

/**
 * An event in a tail.
 *
 * @param number its place in the channel on this node, from 1 without gaps
 * @param type its type, for those who want only some
 * @param skipUsers names of users who do not get it
 * @param bytes encoded; never changed
 */
record TailEvent(long number, String type, Set<String> skipUsers, byte[] bytes) {}
