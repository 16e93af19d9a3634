using NodaTime;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Intake.Demo;

/// <summary>Writes 378 tickets of the last 60 days as history that is brought in, so that nobody is told and no past timer acts.</summary>
internal sealed class DemoTickets(ITicketGrains grains, IConfiguration configuration, DemoCompany company, Instant now)
{
    // With those of the outage and the doubtful ones 400.
    private const int Count = 378;
    private const int Days = 60;
    private const int FreshCount = 36;
    private const int AtOnce = 16;
    internal const string Source = "demo";

    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Seoul"];
    private readonly DemoRandom random = new(20_251_201);

    public async Task WriteAsync(CancellationToken cancellation)
    {
        var cases = Cases();
        // Keys count in the order of opening, so each desk opens one after the other; the desks do so at once.
        var opened = await Task.WhenAll(
            cases
                .GroupBy(told => told.Story.Desk, StringComparer.Ordinal)
                .Select(ofDesk => OpenAsync([.. ofDesk], cancellation))
        );
        var courses = opened.SelectMany(some => some).ToList();
        foreach (var some in courses.Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(course => GoOnAsync(course.Ticket, course.Acts, cancellation)));
        }
    }

    private List<DemoCase> Cases()
    {
        var stories = new[] { "ko", "en" }.ToDictionary(language => language, DemoStories.In, StringComparer.Ordinal);
        var instants = Enumerable.Range(0, Count).Select(OpenedAt).Order().ToList();
        return
        [
            .. instants.Select(at =>
            {
                var language = random.Chance(60) ? "ko" : "en";
                var story = stories[language].Tell(Choose(stories[language].Stories, at), random);
                var (agent, team) = random.Of(company.AgentsOf(story.Desk, language));
                return new DemoCase(
                    story,
                    configuration.TryGet<RequestTypeDocument>(story.RequestType, out var asked)
                        && asked.Type == "incident",
                    random.Of(company.CustomersWriting(language)),
                    agent,
                    team,
                    at
                );
            }),
        ];
    }

    // Among what just came in is more that is pressing, so that the clocks of several are close to their end.
    private DemoStory Choose(IReadOnlyList<DemoStory> stories, Instant at) =>
        now - at < Duration.FromHours(11) && random.Chance(45)
            ? random.Of([.. stories.Where(story => story.Impact == "high" || story.Urgency == "high")])
            : random.Of(stories);

    // Mostly in office hours; the last ones within the hours before now, so that clocks run and some are near.
    private Instant OpenedAt(int index)
    {
        if (index < FreshCount)
        {
            return now - Duration.FromMinutes(random.Between(4, 11 * 60));
        }

        var day = now.InZone(Zone).Date.PlusDays(-random.Between(1, Days - 1));
        var weekend = day.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;
        if (weekend && day > now.InZone(Zone).Date.PlusDays(3 - Days) && random.Chance(85))
        {
            day = day.Previous(IsoDayOfWeek.Friday);
        }

        var time = new LocalTime(random.Between(8, 18), random.Below(60), random.Below(60));
        return (day + time).InZoneLeniently(Zone).ToInstant();
    }

    private async Task<IReadOnlyList<(TicketId Ticket, IReadOnlyList<DemoAct> Acts)>> OpenAsync(
        IReadOnlyList<DemoCase> cases,
        CancellationToken cancellation
    )
    {
        var opened = new List<(TicketId, IReadOnlyList<DemoAct>)>();
        foreach (var told in cases)
        {
            // Each ticket has numbers of its own, whatever the others draw meanwhile.
            var course = new DemoCourse(told, new DemoRandom((ulong)told.OpenedAt.ToUnixTimeSeconds()), now);
            var answer = await grains.OpenAsync(Envelope(told.OpenedAt, told.Requester, Open(told)), cancellation);
            opened.Add((Accepted(answer).State.Id, course.Acts()));
        }

        return opened;
    }

    private async Task GoOnAsync(TicketId ticket, IReadOnlyList<DemoAct> acts, CancellationToken cancellation)
    {
        foreach (var act in acts)
        {
            Accepted(await grains.SendAsync(ticket, Envelope(act.At, act.By, act.Command), cancellation));
        }
    }

    private OpenTicket Open(DemoCase told)
    {
        var levels = ValueMap<FieldValue>.Empty;
        if (told.IsIncident)
        {
            levels = levels
                .SetItem("impact", new ChoiceValue(told.Story.Impact))
                .SetItem("urgency", new ChoiceValue(told.Story.Urgency));
            // Somebody wrote it down for every third one.
            var minutes = told.OpenedAt.ToUnixTimeSeconds() / 60;
            if (minutes % 3 == 0)
            {
                levels = levels.SetItem("downtime", new DurationValue(Duration.FromMinutes(15 + (5 * (minutes % 60)))));
            }
        }

        return new OpenTicket(
            told.Story.Desk,
            null,
            told.Story.RequestType,
            told.Story.Summary,
            told.Story.Description,
            told.Requester,
            null,
            told.Priority,
            levels,
            Channel.Portal
        )
        {
            History = new MarkImported(Source, now),
        };
    }

    internal static CommandEnvelope Envelope(Instant at, PersonId by, TicketCommand command) =>
        new(command, new Actor(ActorKind.Import, by, Source)) { At = at };

    internal static TicketSnapshot Accepted(GrainAnswer answer) =>
        answer.IsAccepted
            ? answer.Ticket!
            : throw new InvalidOperationException(
                $"The demo was refused: {answer.Refusals[0].Code} {string.Join(' ', answer.Refusals[0].Arguments)}"
            );
}
