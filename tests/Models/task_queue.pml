/* SPDX-License-Identifier: Apache-2.0 */
/*
 * src/EventLoops/CrossThreadTaskQueue.cs with TaskStack.cs, and the same steps in src/Shim/task_post.c and task_run.c:
 * threads post tasks to a loop that falls asleep, wakes up and is destroyed. check.sh has spin try every order of their
 * steps. Checked:
 *   - no task is lost, and none comes twice;
 *   - the tasks of one thread come in their order;
 *   - a loop that sleeps while a task is there is woken: else this ends in a deadlock;
 *   - no thread touches the loop after it was destroyed, not even the one that still has to wake it.
 * Each step is one access to shared memory, as atomic as the C# is: a compare-and-exchange is one step, the read before
 * it another.
 */
#define PRODUCERS 2
#define TASKS_EACH 2
#define TASKS 4

#define EMPTY 0
#define SLEEPS 1
#define FIRST 3 /* the first task; 2 is Closed */

byte top = EMPTY;
byte next[9];
byte event = 0; /* edges of the eventfd that were not collected */
byte sent = 0;
bool isDestroyed = false;
byte received[9];

proctype Producer(byte number)
{
    byte i = 0, seen, node;
    do
    :: i < TASKS_EACH ->
        node = FIRST + number * TASKS_EACH + i;
        assert(!isDestroyed);
        seen = top;
retry:  next[node] = seen;
        atomic {
            if
            :: top == seen -> top = node
            :: else -> seen = top; goto retry
            fi
        }
        if
        :: seen == SLEEPS ->
            assert(!isDestroyed);
            event = 1;
            assert(!isDestroyed);
            sent++
        :: else
        fi;
        i++
    :: else -> break
    od
}

byte got = 0, due = 0, chain, older, batchFirst;
byte expected[PRODUCERS];
byte order[9];

/* What the loop does with the chain it has taken: the newest first. */
inline Receive()
{
    atomic { chain = top; if :: chain != EMPTY && chain != SLEEPS -> top = EMPTY :: else -> chain = EMPTY fi }
    batchFirst = got;
    do
    :: chain == EMPTY -> break
    :: else ->
        received[chain]++;
        assert(received[chain] == 1);
        order[got] = chain;
        got++;
        older = next[chain];
        if
        :: older == SLEEPS -> due++; chain = EMPTY
        :: else -> chain = older
        fi
    od;
    /* From the oldest on: those of one thread count up. */
    skip;
    d_step {
        older = got;
        do
        :: older > batchFirst ->
            older--;
            chain = order[older] - FIRST;
            assert(chain % TASKS_EACH == expected[chain / TASKS_EACH]);
            expected[chain / TASKS_EACH]++
        :: else -> break
        od;
        chain = EMPTY;
        older = 0
    }
}

active proctype Loop()
{
    run Producer(0);
    run Producer(1);
    do
    :: got == TASKS -> break
    :: else ->
        /* TryFallAsleep: a look, then the exchange. */
        if
        :: top == EMPTY ->
            atomic {
                if
                :: top == EMPTY -> top = SLEEPS
                :: else -> goto awake
                fi
            }
            /* The sleep ends by a wake-up, or by an event or a timer, but on those nobody may rely. */
            if
            :: event == 1 -> event = 0
            :: SPURIOUS
            fi;
            /* Awake. */
            atomic { if :: top == SLEEPS -> top = EMPTY :: else fi }
        :: else
        fi;
awake:  skip;
        Receive()
    od;
    /* Destroyed by a task: AwaitWakers. */
    sent == due;
    isDestroyed = true
}
