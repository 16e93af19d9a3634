using NodaTime;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Intake.Demo;

/// <summary>Two tickets whose clocks do not tell what happened: one was put back to waiting behind the customer's answer, of the other the priority was lowered just before the breach.</summary>
internal sealed class DemoDoubts(ITicketGrains grains, DemoCompany company, Instant now)
{
    private static readonly Duration Ago = Duration.FromDays(6);

    public async Task WriteAsync(CancellationToken cancellation)
    {
        var (agent, team) = company.AgentsOf("ITSD", "ko")[0];
        var waiting = await OpenAsync(
            "공유 폴더가 읽기 전용으로 열립니다",
            "어제부터 팀 공유 폴더에 파일을 저장할 수 없습니다.",
            Priority.Medium,
            cancellation
        );
        var customer = waiting.State.Requester;
        await ActAsync(waiting, 20, agent, new AssignTicket(agent, team), cancellation);
        await ActAsync(waiting, 21, agent, To("in-progress"), cancellation);
        var asked = new AddPublicComment("폴더 경로를 알려 주시겠어요?", []);
        await ActAsync(waiting, 30, agent, asked, cancellation);
        await ActAsync(waiting, 31, agent, To("waiting-for-customer"), cancellation);
        var answer = new AddPublicComment("\\\\files\\sales 폴더입니다.", []);
        var after = await ActAsync(waiting, 60, customer, answer, cancellation);
        if (after.State.Status != "waiting-for-customer")
        {
            await ActAsync(waiting, 75, agent, To("waiting-for-customer"), cancellation);
        }

        await ActAsync(waiting, 4 * 24 * 60, agent, To("in-progress"), cancellation);
        await ActAsync(waiting, (4 * 24 * 60) + 45, agent, Solved(), cancellation);

        var lowered = await OpenAsync(
            "결제 승인 화면이 열리지 않습니다",
            "결제 승인 메뉴를 누르면 빈 화면이 나옵니다.",
            Priority.High,
            cancellation
        );
        await ActAsync(lowered, 25, agent, new AssignTicket(agent, team), cancellation);
        await ActAsync(lowered, 26, agent, To("in-progress"), cancellation);
        await ActAsync(lowered, (7 * 60) + 20, agent, new SetPriority(Priority.Low), cancellation);
        await ActAsync(lowered, 30 * 60, agent, Solved(), cancellation);
    }

    private static TransitionTicket To(string status) => new(status, null, ValueMap<FieldValue?>.Empty);

    private static TransitionTicket Solved() => new("resolved", "solved", ValueMap<FieldValue?>.Empty);

    private async Task<TicketSnapshot> OpenAsync(
        string summary,
        string description,
        Priority priority,
        CancellationToken cancellation
    )
    {
        var customer = company.CustomersWriting("ko")[0];
        var open = new OpenTicket(
            "ITSD",
            "incident",
            null,
            summary,
            description,
            customer,
            null,
            priority,
            ValueMap<FieldValue>.Empty,
            Channel.Portal
        )
        {
            History = new MarkImported(DemoTickets.Source, now),
        };
        return DemoTickets.Accepted(
            await grains.OpenAsync(DemoTickets.Envelope(now - Ago, customer, open), cancellation)
        );
    }

    private async Task<TicketSnapshot> ActAsync(
        TicketSnapshot ticket,
        int minutes,
        PersonId by,
        TicketCommand command,
        CancellationToken cancellation
    ) =>
        DemoTickets.Accepted(
            await grains.SendAsync(
                ticket.State.Id,
                DemoTickets.Envelope(now - Ago + Duration.FromMinutes(minutes), by, command),
                cancellation
            )
        );
}
