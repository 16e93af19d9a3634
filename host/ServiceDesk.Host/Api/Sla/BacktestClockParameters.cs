using System.Globalization;
using ServiceDesk.Host.Api.Problems;
using ServiceDesk.Host.Sla.Reports;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Storage.Sla;

namespace ServiceDesk.Host.Api.Sla;

/// <summary>Which clocks of a trial a request asks for, as it stands in the address. Empty is as if it were not there.</summary>
internal sealed record BacktestClockParameters
{
    private const int HoursOfWeek = 168;

    /// <summary><c>sla</c>, promised to customers, or <c>ola</c>, promised between teams.</summary>
    public string? Agreement { get; init; }

    /// <summary><c>worse</c>, <c>better</c>, <c>official</c> for what was breached, or <c>draft</c> for what would be.</summary>
    public string? Fate { get; init; }

    /// <summary>The verdict as it was: <c>open</c>, <c>met</c>, <c>breached</c>, <c>cancelled</c>, or <c>none</c> without such a clock.</summary>
    public string? Official { get; init; }

    /// <summary>The verdict with the drafts, or <c>none</c>.</summary>
    public string? Draft { get; init; }

    /// <summary>The metric's id.</summary>
    public string? Metric { get; init; }

    /// <summary>The customer's id; 0 for none.</summary>
    public string? Organization { get; init; }

    /// <summary>The ticket's priority.</summary>
    public string? Priority { get; init; }

    /// <summary>The id of the ticket's team; 0 for none.</summary>
    public string? Team { get; init; }

    /// <summary>The hour of the week in which the ticket was opened; 0 is Monday from midnight.</summary>
    public string? Hour { get; init; }

    /// <summary>The question, or the answer that says which parameter is none.</summary>
    public (KeptClockQuestion? Question, IResult? Problem) Read(ApiProblems problems)
    {
        IResult? wrong = null;
        var question = new KeptClockQuestion
        {
            Agreement = Word<AgreementType>("agreement", Agreement) ?? AgreementType.Sla,
            Fate = Word<KeptClockFate>("fate", Fate),
            Official = Word<KeptVerdict>("official", Official),
            Draft = Word<KeptVerdict>("draft", Draft),
            Metric = string.IsNullOrEmpty(Metric) ? null : Metric,
            Organization = Number("organization", Organization, long.MaxValue),
            Priority = Word<Priority>("priority", Priority),
            Team = Number("team", Team, long.MaxValue),
            Hour = (int?)Number("hour", Hour, HoursOfWeek - 1),
        };
        return wrong is null ? (question, null) : (null, wrong);

        T? Word<T>(string name, string? word)
            where T : struct, Enum
        {
            if (string.IsNullOrEmpty(word))
            {
                return null;
            }

            if (PromiseWord.Reads<T>(word.ToLowerInvariant(), out var value))
            {
                return value;
            }

            var words = string.Join(", ", Enum.GetValues<T>().Select(PromiseWord.Of));
            wrong ??= problems.OfParameter(StatusCodes.Status400BadRequest, name, "api.not-one-of", words);
            return null;
        }

        long? Number(string name, string? text, long most)
        {
            if (string.IsNullOrEmpty(text))
            {
                return null;
            }

            if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most)
            {
                return number;
            }

            wrong ??= problems.OfParameter(StatusCodes.Status400BadRequest, name, "sla-report.wrong", name);
            return null;
        }
    }
}
