/* SPDX-License-Identifier: Apache-2.0 */
/*
 * src/Common/Threading/WordLock.cs: two locks of one word each whose threads wait at one place, and what threads wait
 * with that hold such a lock (ConnectionChange in src/Connections/ConnectionExtras.cs). check.sh has spin try every
 * order of their steps. Checked:
 *   - a lock has one holder at a time;
 *   - a thread that waits for a lock, or for a change that is reported under it, is woken: else this ends in a deadlock,
 *     which spin reports; so it does if two threads wait for each other.
 * Each step is one access to shared memory. The lock of a place and the mutex of a change are what the system gives:
 * taken in one step. A wait opens its mutex and becomes woken in one step, and may end for no reason (SPURIOUS).
 */
#define OPEN 0
#define CLOSED 1
#define AWAITED 2

#define FREE 255
#define THREADS 4
#define LOCKS 2
#ifndef ROUNDS
#    define ROUNDS 2
#endif

byte word[LOCKS];
byte holders[LOCKS];

/* Where threads wait: the place of both locks, and the change, which is under lock 0. Who has its mutex, who waits. */
#define PLACE 0
#define CHANGED 1

byte owner[2] = FREE;
bool isWaiting[2 * THREADS];
bool hasChanged = false;

inline Enter(where)
{
    atomic { owner[where] == FREE -> owner[where] = me }
}

inline Exit(where)
{
    assert(owner[where] == me);
    owner[where] = FREE
}

/* Until somebody notifies, or for no reason. */
inline Await(where)
{
    atomic { isWaiting[where * THREADS + me] = true; Exit(where) };
    if
    :: !isWaiting[where * THREADS + me]
    :: SPURIOUS -> isWaiting[where * THREADS + me] = false
    fi;
    Enter(where)
}

inline NotifyAll(where)
{
    d_step {
        i = 0;
        do
        :: i < THREADS -> isWaiting[where * THREADS + i] = false; i++
        :: else -> break
        od;
        i = 0
    }
}

inline Lock(n)
{
    isHeld = false;
    atomic { if :: word[n] == OPEN -> word[n] = CLOSED; isHeld = true :: else fi };
    if
    :: isHeld
    :: else ->
        /* A try: the look, then the exchange. How many there are changes nothing. */
        if
        :: word[n] == OPEN ->
            atomic { if :: word[n] == OPEN -> word[n] = CLOSED; isHeld = true :: else fi }
        :: true
        fi
    fi;
    if
    :: isHeld
    :: else ->
        Enter(PLACE);
        do
        :: true ->
            atomic { seen = word[n]; word[n] = AWAITED };
            if
            :: seen == OPEN -> break
            :: else -> Await(PLACE)
            fi
        od;
        Exit(PLACE)
    fi;
    seen = 0;
    assert(holders[n] == 0);
    holders[n]++
}

inline Unlock(n)
{
    holders[n]--;
    atomic { seen = word[n]; word[n] = OPEN };
    assert(seen != OPEN);
    if
    :: seen == AWAITED ->
        Enter(PLACE);
        NotifyAll(PLACE);
        Exit(PLACE)
    :: else
    fi;
    seen = 0
}

/* Holds a lock a few times. */
proctype Holder(byte me; byte which)
{
    byte i, seen, round;
    bool isHeld;
    do
    :: round < ROUNDS ->
        Lock(which);
        Unlock(which);
        round++
    :: else -> break
    od
}

/* Connection.Wait, as its callers use it. */
proctype Waiter(byte me)
{
    byte i, seen;
    bool isHeld;
    Lock(0);
    do
    :: hasChanged -> break
    :: else ->
        Enter(CHANGED);
        Unlock(0);
        Await(CHANGED);
        Exit(CHANGED);
        Lock(0)
    od;
    Unlock(0)
}

/* Connection.Notify, as its callers use it. */
proctype Reporter(byte me)
{
    byte i, seen;
    bool isHeld;
    Lock(0);
    hasChanged = true;
    Enter(CHANGED);
    NotifyAll(CHANGED);
    Exit(CHANGED);
    Unlock(0)
}

init
{
    atomic {
        run Holder(0, 0);
        run Holder(1, 1);
#ifdef CHANGE
        run Waiter(2);
        run Reporter(3)
#else
        run Holder(2, 0);
        run Holder(3, 1)
#endif
    }
}
