// SPDX-License-Identifier: Apache-2.0
using Reseau.Native.EventLoops;
using Xunit;

namespace Reseau.Native.Tests.EventLoops;

/// <summary>When a loop polls instead of sleeping. Times are nanoseconds.</summary>
public class BusyPollTests
{
    private const ulong Short = 10_000;
    private const ulong Long = 1_000_000;
    private const ulong Round = 500;

    private BusyPoll _poll;

    // Every test but those that say otherwise is about a loop that sends in each tick.
    public BusyPollTests() => _poll.ExpectReply();

    [Fact]
    public void AFreshLoopSleeps() => Assert.False(_poll.IsWorthwhile(Long));

    [Fact]
    public void ItPollsAfterShortSleeps()
    {
        Sleep(Short, 2);
        Assert.True(_poll.IsWorthwhile(ulong.MaxValue));
    }

    [Fact]
    public void ItSleepsWhenItHasSentNothingSinceItWokeUp()
    {
        Sleep(Short, 100);
        _poll.TickStarted();
        Assert.False(_poll.IsWorthwhile(Long));
        _poll.ExpectReply();
        Assert.True(_poll.IsWorthwhile(Long));
    }

    [Fact]
    public void ALongSleepStartsTheCountAgain()
    {
        Sleep(Short, 100);
        Sleep(Long, 1);
        Sleep(Short, 1);
        Assert.False(_poll.IsWorthwhile(Long));
    }

    [Fact]
    public void ItSleepsWhenATaskIsDueBeforePollingWouldEnd()
    {
        Sleep(Short, 2);
        Assert.False(_poll.IsWorthwhile(BusyPoll.LimitNanos));
    }

    [Fact]
    public void APollEndsAtTheLimit()
    {
        ulong now = 1;
        int rounds = 1;
        _poll.Begin(now);
        while (_poll.ShouldGoOn(now += Round))
            rounds++;
        Assert.Equal((int)(BusyPoll.LimitNanos / Round), rounds);
    }

    [Fact]
    public void WhoIsPatientPollsLongerAndHoweverLateTheRepliesAre()
    {
        _poll.IsPatient = true;
        Sleep(BusyPoll.LimitNanos + 1, 2);
        Assert.False(_poll.IsWorthwhile(BusyPoll.PatientLimitNanos));
        for (int i = 0; i < 100; i++)
        {
            Assert.True(_poll.IsWorthwhile(Long));
            _poll.Begin(1);
            _poll.Succeeded(BusyPoll.PatientLimitNanos);
        }
    }

    [Fact]
    public void APollEndsWhenAnotherThreadHadTheProcessor()
    {
        _poll.Begin(1);
        Assert.True(_poll.ShouldGoOn(1 + Round));
        Assert.False(_poll.ShouldGoOn(1 + Round + 20_000));
    }

    [Fact]
    public void EachFailureDoublesTheSleepsBeforeTheNextTry()
    {
        int[] expected = [2, 4, 8, 16, 32];
        Sleep(Short, 2);
        foreach (int sleeps in expected)
        {
            _poll.Failed();
            Sleep(Short, sleeps - 1);
            Assert.False(_poll.IsWorthwhile(Long));
            Sleep(Short, 1);
            Assert.True(_poll.IsWorthwhile(Long));
        }
    }

    [Fact]
    public void HoweverOftenItFailsItIsTriedAgain()
    {
        for (int i = 0; i < 100; i++)
            _poll.Failed();
        Sleep(Short, 4096);
        Assert.True(_poll.IsWorthwhile(Long));
    }

    [Fact]
    public void SuccessKeepsItPollingAndRestoresTrust()
    {
        for (int i = 0; i < 5; i++)
            _poll.Failed();
        Sleep(Short, 32);
        for (int i = 0; i < 5; i++)
        {
            _poll.Begin(1);
            _poll.Succeeded(1 + Round);
            Assert.True(_poll.IsWorthwhile(Long));
        }

        _poll.Failed();
        Sleep(Short, 4);
        Assert.True(_poll.IsWorthwhile(Long));
    }

    [Fact]
    public void FindingSomethingLateAgainAndAgainIsAFailure()
    {
        Sleep(Short, 2);
        for (int i = 0; i < 4; i++)
        {
            Assert.True(_poll.IsWorthwhile(Long));
            _poll.Begin(1);
            _poll.Succeeded(1 + 40_000);
        }

        Assert.False(_poll.IsWorthwhile(Long));
    }

    [Fact]
    public void WhereSleepsAreCheapPollsThatTakeLongerThanOneAreAFailure()
    {
        Assert.True(_poll.ShouldMeasureSleep());
        _poll.Slept(Short, used: 3_000);
        Sleep(Short, 2);
        for (int i = 0; i < 100 && _poll.IsWorthwhile(Long); i++)
        {
            _poll.Begin(1);
            _poll.Succeeded(1 + 8_000);
        }

        Assert.False(_poll.IsWorthwhile(Long));
    }

    [Fact]
    public void WhereASleepCostsMuchLongerSleepsCountAsShortAndPollsLastLonger()
    {
        Assert.True(_poll.ShouldMeasureSleep());
        _poll.Slept(BusyPoll.DearLimitNanos - 1, used: 30_000);
        Sleep(BusyPoll.DearLimitNanos - 1, 1);
        Assert.False(_poll.IsWorthwhile(Long));
        Sleep(BusyPoll.DearLimitNanos - 1, 1);
        Assert.True(_poll.IsWorthwhile(Long));
        Assert.False(_poll.IsWorthwhile(BusyPoll.DearLimitNanos));

        _poll.Begin(1);
        for (ulong now = 1 + Round; now < 1 + BusyPoll.DearLimitNanos; now += Round)
            Assert.True(_poll.ShouldGoOn(now));
        Assert.False(_poll.ShouldGoOn(1 + BusyPoll.DearLimitNanos));
    }

    [Fact]
    public void WhereSleepsAreCheapLongerOnesAreNotShort()
    {
        Assert.True(_poll.ShouldMeasureSleep());
        _poll.Slept(Short, used: 3_000);
        Sleep(BusyPoll.LimitNanos, 100);
        Assert.False(_poll.IsWorthwhile(Long));
    }

    [Fact]
    public void WhereSleepsAreDearPollsMayTakeAsLong()
    {
        Assert.True(_poll.ShouldMeasureSleep());
        _poll.Slept(Short, used: 30_000);
        Sleep(Short, 2);
        for (int i = 0; i < 100; i++)
        {
            Assert.True(_poll.IsWorthwhile(Long));
            _poll.Begin(1);
            _poll.Succeeded(1 + 20_000);
        }
    }

    [Fact]
    public void ALoopThatPollsSleepsNowAndThenToMeasureASleep()
    {
        Assert.True(_poll.ShouldMeasureSleep());
        _poll.Slept(Short, used: 10_000);
        Sleep(Short, 2);
        int polls = 0;
        for (; polls < 10_000 && _poll.IsWorthwhile(Long); polls++)
        {
            _poll.Begin(1);
            _poll.Succeeded(1 + Round);
        }

        Assert.InRange(polls, 100, 1_000);
        Assert.True(_poll.ShouldMeasureSleep());
        Assert.True(_poll.IsWorthwhile(Long));
    }

    [Fact]
    public void OfManySleepsFewAreMeasured()
    {
        int measured = 0;
        for (int i = 0; i < 170; i++)
            measured += _poll.ShouldMeasureSleep() ? 1 : 0;
        Assert.InRange(measured, 9, 11);
    }

    private void Sleep(ulong nanoseconds, int times)
    {
        for (int i = 0; i < times; i++)
            _poll.Slept(nanoseconds);
    }
}
