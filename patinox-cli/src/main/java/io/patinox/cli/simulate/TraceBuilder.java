package io.patinox.cli.simulate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// Takes the keys of a trace, and numbers them. Keys that are numbers are kept as such, so that
/// millions of them fit. Not thread-safe.
final class TraceBuilder {

    private static final int LEAST = 1024;
    // a Java array has at most about 2^31 elements
    private static final int MOST = Integer.MAX_VALUE - 16;

    private final long limit;
    private final Map<String, Integer> texts = new HashMap<>();
    private long[] slotKeys = new long[LEAST];
    // 1 + number of the key in the slot, or 0
    private int[] slotNumbers = new int[LEAST];
    private int numbers;
    private int distinct;
    private int[] keys = new int[LEAST];
    private int length;

    /// @param limit how many requests to take
    TraceBuilder(long limit) {
        this.limit = Math.min(limit, MOST);
    }

    /// Returns whether no more requests are taken.
    boolean isFull() {
        return length >= limit;
    }

    /// Returns how many requests there are.
    int length() {
        return length;
    }

    /// Adds a request.
    void add(long key) {
        int slot = slot(key);
        if (slotNumbers[slot] == 0) {
            if (numbers * 2 > slotNumbers.length) {
                grow();
                slot = slot(key);
            }
            slotKeys[slot] = key;
            slotNumbers[slot] = ++distinct;
            numbers++;
        }
        append(slotNumbers[slot] - 1);
    }

    /// Adds a request for a key that may be a number or not.
    void add(String key) {
        long number = asNumber(key);
        if (number >= 0) {
            add(number);
            return;
        }
        Integer known = texts.putIfAbsent(key, distinct);
        append(known == null ? distinct++ : known);
    }

    /// Returns what was added.
    Trace build(String name) {
        return new Trace(name, Arrays.copyOf(keys, length), distinct);
    }

    /// Returns the number that a text stands for, or -1: only texts that could not be written in
    /// another way are numbers, so that `7` and `007` remain two keys.
    static long asNumber(String text) {
        int digits = text.length();
        if (digits == 0 || digits > 18 || (digits > 1 && text.charAt(0) == '0')) {
            return -1;
        }
        long number = 0;
        for (int i = 0; i < digits; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private void append(int number) {
        if (length == keys.length) {
            long longer = Math.min(MOST, length + (length >> 1) + (long) LEAST);
            keys = Arrays.copyOf(keys, (int) longer);
        }
        keys[length++] = number;
    }

    private int slot(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        int mask = slotNumbers.length - 1;
        int slot = (int) (mixed >>> 32) & mask;
        while (slotNumbers[slot] != 0 && slotKeys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = slotKeys;
        int[] oldNumbers = slotNumbers;
        slotKeys = new long[oldKeys.length * 2];
        slotNumbers = new int[oldNumbers.length * 2];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldNumbers[i] != 0) {
                int slot = slot(oldKeys[i]);
                slotKeys[slot] = oldKeys[i];
                slotNumbers[slot] = oldNumbers[i];
            }
        }
    }
}
