using System.Globalization;
using NodaTime;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Sla.Accounts;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Sla.Reports;

/// <summary>What an address asks, read.</summary>
/// <param name="Given">As it stands in the address.</param>
/// <param name="Span">The days.</param>
/// <param name="Question">The question.</param>
/// <param name="Cause">With whom time passed; null for all.</param>
/// <param name="With">The team with which it passed; null for all.</param>
public sealed record PromiseAsk(
    PromiseParameters Given,
    DaySpan Span,
    PromiseQuestion Question,
    WaitCause? Cause,
    long? With
)
{
    /// <summary>How many days are told where nobody says.</summary>
    public const int UsualDays = 30;

    private const int HoursOfWeek = 168;

    /// <summary>Reads what an address asks.</summary>
    /// <param name="given">The address.</param>
    /// <param name="readers">The reader's zone.</param>
    /// <param name="now">What is now.</param>
    /// <param name="state">Which promises, where the address does not say.</param>
    /// <returns>The question, or the name of the parameter that is wrong.</returns>
    public static (PromiseAsk? Ask, string? Wrong) Read(
        PromiseParameters given,
        DateTimeZone readers,
        Instant now,
        PromiseState state = PromiseState.Decided
    )
    {
        var reading = new Reading();
        var zone = string.IsNullOrEmpty(given.Zone)
            ? readers
            : reading.Of("zone", DateTimeZoneProviders.Tzdb.GetZoneOrNull(given.Zone)) ?? readers;
        var days = (int)(reading.Number("days", given.Days, 1, DaySpan.MostDays) ?? UsualDays);
        var span = reading.Of("from", DaySpan.Of(given.From, given.To, days, zone, now));
        var question = new PromiseQuestion
        {
            From = span?.From ?? now,
            To = span?.To ?? now,
            Now = now,
            Zone = zone,
            Agreement = reading.Word("agreement", given.Agreement, AgreementType.Sla),
            State = reading.Word("state", given.State, state),
            Policies = string.IsNullOrEmpty(given.Policy) ? [] : [given.Policy],
            Metric = Text(given.Metric),
            Calendar = Text(given.Calendar),
            Target = reading.Length("target", given.Target),
            Team = reading.Number("team", given.Team, 0, long.MaxValue),
            Organization = reading.Number("organization", given.Organization, 0, long.MaxValue),
            Desk = Text(given.Desk),
            Hour = (int?)reading.Number("hour", given.Hour, 0, HoursOfWeek - 1),
        };
        WaitCause? cause = string.IsNullOrEmpty(given.Cause)
            ? null
            : reading.Word("cause", given.Cause, WaitCause.Customer);
        var with = reading.Number("with", given.With, 0, long.MaxValue);
        return reading.Wrong is null
            ? (new PromiseAsk(given, span!, question, cause, with), null)
            : (null, reading.Wrong);
    }

    private static string? Text(string? text) => string.IsNullOrEmpty(text) ? null : text;

    // Keeps the first thing that was wrong.
    private sealed class Reading
    {
        public string? Wrong { get; private set; }

        public T? Of<T>(string name, T? value)
            where T : class
        {
            Wrong ??= value is null ? name : null;
            return value;
        }

        public T Word<T>(string name, string? word, T otherwise)
            where T : struct, Enum
        {
            if (string.IsNullOrEmpty(word))
            {
                return otherwise;
            }

            var reads = PromiseWord.Reads<T>(word, out var value);
            Wrong ??= reads ? null : name;
            return value;
        }

        public long? Number(string name, string? text, long least, long most)
        {
            if (string.IsNullOrEmpty(text))
            {
                return null;
            }

            var reads =
                long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                && number >= least
                && number <= most;
            Wrong ??= reads ? null : name;
            return number;
        }

        public Duration? Length(string name, string? text)
        {
            if (string.IsNullOrEmpty(text))
            {
                return null;
            }

            var reads = IsoDuration.TryParse(text, out var length);
            Wrong ??= reads ? null : name;
            return length;
        }
    }
}
