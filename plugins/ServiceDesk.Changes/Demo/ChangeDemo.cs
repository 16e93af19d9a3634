using NodaTime;
using ServiceDesk.Changes.Risk;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Changes.Demo;

/// <summary>The emergency change that ends the demo's outage: planned, its risk assessed, approved by the emergency board.</summary>
public sealed class ChangeDemo(ITicketGrains grains, IClock clock, TimeProvider time) : IDemoData
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(200);

    /// <inheritdoc/>
    public async Task TellAsync(DemoCast cast, CancellationToken cancellation)
    {
        var open = new OpenTicket(
            "ITSD",
            ChangesPlugin.Type,
            null,
            "Roll the VPN gateway back to the version of last week",
            "The update of the night fills the session table; the version before did not.",
            cast.Agent.Person.Id,
            null,
            Priority.High,
            Planned(clock.GetCurrentInstant()),
            Channel.Workspace
        )
        {
            Labels = [DemoCast.Outage],
            Assignee = cast.Agent.Person.Id,
        };
        var change = Accepted(await grains.OpenAsync(CommandEnvelope.By(cast.Agent, open), cancellation));
        var risk = new AssessRisk(
            ValueMap<string>.From([
                new("users", "everybody"),
                new("outage", "short"),
                new("back-out", "easy"),
                new("tested", "partly"),
                new("experience", "often"),
            ])
        );
        await SendAsync(cast.Agent, risk);
        await SendAsync(
            cast.Agent,
            new TransitionTicket("awaiting-emergency-approval", null, ValueMap<FieldValue?>.Empty)
        );
        var asked = await AskedAsync(change.Id, cancellation);
        await SendAsync(
            cast.Administrator,
            new AnswerApproval(asked, true, "Twenty customers wait: go ahead. 바로 진행하세요.")
        );

        async Task<TicketState> SendAsync(Sdk.Access.Viewer by, TicketCommand command) =>
            Accepted(await grains.SendAsync(change.Id, CommandEnvelope.By(by, command), cancellation));
    }

    // The board is asked a moment after the change came to its status.
    private async Task<long> AskedAsync(TicketId change, CancellationToken cancellation)
    {
        while (true)
        {
            if ((await grains.GetAsync(change, cancellation))!.State.Approvals is [var asked, ..])
            {
                return asked.Id;
            }

            await Task.Delay(Moment, time, cancellation);
        }
    }

    private static ValueMap<FieldValue> Planned(Instant now) =>
        ValueMap<FieldValue>
            .Empty.SetItem("change-kind", new ChoiceValue("emergency"))
            .SetItem("affected-services", new ChoicesValue(["network"]))
            .SetItem("planned-start", new MomentValue(now))
            .SetItem("planned-end", new MomentValue(now + Duration.FromHours(1)))
            .SetItem(
                "implementation-plan",
                new TextValue("1. Drain the gateway\n2. Boot the older image\n3. Let sessions in")
            )
            .SetItem("back-out-plan", new TextValue("Boot the newer image again."))
            .SetItem("test-plan", new TextValue("100 sessions over an hour, none dropped."))
            .SetItem("communication-plan", new TextValue("The service desk tells every customer of the incidents."));

    private static TicketState Accepted(GrainAnswer answer) =>
        answer.Ticket?.State ?? throw new InvalidOperationException($"The demo was refused: {answer.Refusals[0]}");
}
