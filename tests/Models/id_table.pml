/* SPDX-License-Identifier: Apache-2.0 */
/*
 * src/Connections/IdTable.cs, one slot: threads acquire an object by an id, one thread ends it, and the slot is used
 * again for another object. check.sh has spin try every order of their steps. Checked:
 *   - an object is freed once, and nobody uses it afterwards;
 *   - an old id never leads to the new object;
 *   - a record that was read belongs to the object of the id, and was read whole;
 *   - a thread that waits for the end does not sleep on when it has come: else this ends in a deadlock.
 */
#define GENERATIONS 2 /* objects that the slot has had */

byte generation = 1; /* of the slot's word */
bool gone = false;   /* likewise */
byte references = 1; /* likewise: the first is the end's */
byte object = 1;     /* the generation of the object that the slot points to */
bool freed[3];
byte record[2];      /* two halves: the generation that wrote them; 0 is empty */
byte waiters = 0;
bool isLocked = false, isNotified = false;

#define LOCK atomic { !isLocked -> isLocked = true }
#define UNLOCK isLocked = false

/* Drops one reference of the object of generation g. */
inline Release(g)
{
    atomic { references--; isLast = references == 0 && gone }
    if
    :: isLast ->
        assert(!freed[g]);
        freed[g] = true;
        if
        :: g < GENERATIONS ->
            /* Add: whoever reads the old record finds that it is not there any more. */
            atomic { generation = g + 1; gone = true };
            record[0] = 0;
            record[1] = 0;
            object = g + 1;
            atomic { gone = false; references = 1 }
        :: else
        fi
    :: else
    fi
}

proctype User()
{
    bool isLast;
    byte found;
    /* The word may change between the look and the exchange, which then fails and looks again: one step. */
    if
    :: atomic { generation == 1 && !gone -> references++ }
        found = object;
        assert(found == 1);
        assert(!freed[found]);
        Release(1)
    :: atomic { generation != 1 || gone } -> skip
    fi
}

proctype Reader()
{
    byte first, second;
    if
    :: generation == 1 && gone ->
        first = record[0];
        second = record[1];
        if
        :: generation == 1 && gone -> assert(first == 1 && second == 1)
        :: else
        fi
    :: else
    fi
}

proctype Waiting()
{
    LOCK;
    waiters++;
    do
    :: generation != 1 || gone -> break
    :: else ->
        atomic { isLocked = false; isNotified = false };
        isNotified;
        LOCK
    od;
    waiters--;
    UNLOCK
}

active proctype Owner()
{
    bool isLast;
    run User();
    run User();
    run Reader();
    run Waiting();
    record[0] = 1;
    record[1] = 1;
    gone = true;
    if
    :: waiters > 0 ->
        LOCK;
        isNotified = true;
        UNLOCK
    :: else
    fi;
    Release(1)
}
