/// jcstress tests of the pool's engine, in its own package so that they reach inside.
///
/// One class tests one claim, named after the two operations that race. Each opens with the claim;
/// its outcome table says what each combination means. Read `Round` first: it keeps the books that
/// every test is judged by.
///
/// How to run them, from the root of the tree: `./mvnw verify` runs each for an instant, with
/// `-Pstress` in every compilation mode. One test alone, once it is built:
///
/// ```
/// java -jar verification/stress-tests/target/jcstress.jar -t TakePutStress
/// ```
@NullMarked
package io.patinox.memory.pool.internal;

import org.jspecify.annotations.NullMarked;
