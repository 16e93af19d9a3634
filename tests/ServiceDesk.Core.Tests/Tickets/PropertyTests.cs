using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Core.Access;
using ServiceDesk.Core.Json;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tests.Tickets;

/// <summary>What holds whatever people do to a ticket.</summary>
public class PropertyTests
{
    private static readonly TicketExtensions Extensions = EngineTests.Knocking();

    [Fact]
    public void The_state_is_the_replay_of_the_events() =>
        Always(bench => Assert.Equal(bench.Snapshot, bench.Engine.Replay(bench.Log, _ => bench.Configuration)));

    [Fact]
    public void Versions_have_no_gap_and_time_never_goes_back() =>
        Always(bench =>
        {
            Assert.Equal(Enumerable.Range(1, bench.Log.Count), bench.Log.Select(recorded => (int)recorded.Version));
            Assert.All(bench.Log.Zip(bench.Log.Skip(1)), pair => Assert.True(pair.First.At <= pair.Second.At));
            Assert.Equal(bench.Log.Count, bench.Ticket.Version);
            Assert.Equal(bench.Log[^1].At, bench.Ticket.UpdatedAt);
        });

    [Fact]
    public void Events_and_snapshots_survive_their_journey_through_json()
    {
        var catalog = new EventCatalog(Extensions);
        var snapshots = new SnapshotJson(Extensions);
        Always(bench =>
        {
            Assert.Equal(bench.Snapshot, snapshots.Read(snapshots.Write(bench.Snapshot!)));
            Assert.All(
                bench.Log.Select(recorded => recorded.Event),
                @event => Assert.Equal(@event, catalog.Read(catalog.NameOf(@event), catalog.Write(@event)))
            );
        });
    }

    [Fact]
    public void Words_of_an_internal_note_stand_in_nothing_that_customers_see() =>
        Always(bench =>
        {
            var view = CustomerViews.Of(bench.Ticket, bench.Configuration, bench.Now);
            var timeline = CustomerViews.Timeline(
                Company.ViewerOf(Company.Bora),
                bench.Ticket,
                bench.Log,
                bench.Configuration
            );
            // Whoever is asked for an approval reads what for, whatever its words are.
            var told = timeline.Where(entry =>
                entry is not PublicApproval asked
                || bench.Ticket.FindApproval(asked.Id)?.Concerns(Company.Bora.Id) != true
            );
            var shown = System.Text.Json.JsonSerializer.Serialize<object>(
                new object[] { view, told.Cast<object>().ToArray() },
                ServiceDeskJson.Api
            );
            Assert.Contains("summary", shown, StringComparison.Ordinal);
            Assert.DoesNotContain(RandomWork.Canary, shown, StringComparison.Ordinal);
            Assert.DoesNotContain(
                bench.Log,
                recorded =>
                    recorded.Event is InternalNoteAdded or FilesAttached { Visibility: Visibility.Internal }
                    && TicketAccess.MaySee(Company.ViewerOf(Company.Bora), bench.Ticket, recorded.Event)
            );
            Assert.Equal(bench.Ticket.PublicComments, timeline.Count(entry => entry is PublicComment));
        });

    [Fact]
    public void A_refused_command_changes_nothing() =>
        Prop.ForAll(
                RandomWork.Acts.ToArbitrary(),
                acts =>
                {
                    var bench = Worked();
                    foreach (var act in acts)
                    {
                        Later(bench, act);
                        // What was due comes first, so that a refusal has nothing beside it.
                        bench.Send(Bench.ByProduct(new FireTimer("none", bench.Now)));
                        var before = bench.Snapshot;
                        var step = bench.Send(Envelope(act));
                        Assert.True(step.Refusals.Count == 0 || (step.Events.Count == 0 && step.After == before));
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Evolve_takes_any_events_in_any_order() =>
        Prop.ForAll(
                RandomWork.Events.Zip(RandomWork.Moments()).ListOf(30).ToArbitrary(),
                events =>
                {
                    TicketSnapshot? ticket = null;
                    var engine = new Bench(Extensions).Engine;
                    foreach (var (@event, at) in events)
                    {
                        var before = ticket;
                        ticket = engine.Fold(before, Recorded(@event, at), Company.Configuration);
                        Assert.True(
                            ticket is null
                                ? before is null && @event is not TicketOpened
                                : ticket.State.Version == (before?.State.Version ?? 0) + 1
                                    && (before is null || ticket.State.UpdatedAt >= before.State.UpdatedAt)
                        );
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    private static RecordedEvent Recorded(TicketEvent @event, Instant at) =>
        new(new TicketId(1), 1, 0, @event, at, Actor.System, 1, null, 0);

    private static void Always(Action<Bench> holds) =>
        Prop.ForAll(
                RandomWork.Acts.ToArbitrary(),
                acts =>
                {
                    var bench = Worked();
                    foreach (var act in acts)
                    {
                        Later(bench, act);
                        bench.Send(Envelope(act));
                    }

                    holds(bench);
                }
            )
            .QuickCheckThrowOnFailure();

    private static Bench Worked()
    {
        var bench = Bench.WithIncident(Extensions);
        bench.Facts = Company.Facts with { Related = new RelatedTicket(RandomWork.Stays, WorksThere: true) };
        return bench;
    }

    private static void Later(Bench bench, Act act) => bench.Now += Duration.FromMinutes(act.MinutesLater);

    private static CommandEnvelope Envelope(Act act) =>
        act.By is { } person ? Bench.By(person, act.Command) : Bench.ByProduct(act.Command);
}
