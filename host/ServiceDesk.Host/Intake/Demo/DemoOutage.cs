using NodaTime;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Host.Intake.Demo;

/// <summary>An outage of this morning: 20 customers cannot reach the company network. Plugins go on from here, see <see cref="DemoCast"/>.</summary>
internal sealed class DemoOutage(ITicketGrains grains, DemoCompany company, Instant now)
{
    private const int Count = 20;
    private static readonly Duration Began = Duration.FromHours(4);
    private static readonly Duration Between = Duration.FromMinutes(6);

    private static readonly (string Summary, string Description)[] Korean =
    [
        (
            "VPN이 자꾸 끊깁니다",
            "재택근무 중인데 10분마다 VPN 연결이 끊어집니다. 다시 접속하면 잠시 되다가 또 끊깁니다."
        ),
        ("VPN 접속 오류 809", "아침부터 VPN에 접속하면 오류 809가 나옵니다. 사내 시스템을 쓸 수 없습니다."),
        ("공장에서 VPN으로 사내망 접속이 안 됩니다", "공장 사무실 전체가 VPN으로 사내망에 들어가지 못하고 있습니다."),
        ("VPN 접속 후 파일 서버가 열리지 않습니다", "VPN은 연결되었다고 나오는데 파일 서버가 열리지 않습니다."),
    ];

    private static readonly (string Summary, string Description)[] English =
    [
        (
            "VPN drops every few minutes",
            "I am working from home and lose the VPN about every ten minutes. Reconnecting helps for a moment."
        ),
        (
            "VPN error 809 since this morning",
            "The VPN client stops with error 809. I cannot reach any internal system."
        ),
        ("The whole plant office has no VPN", "Nobody in our office gets into the company network over VPN."),
        ("Connected to the VPN, but no file server", "The client says connected, but the file server does not open."),
    ];

    public async Task WriteAsync(CancellationToken cancellation)
    {
        var customers = company
            .CustomersWriting("ko")
            .Take(Count / 2)
            .Select(person => (person, Korean))
            .Concat(company.CustomersWriting("en").Take(Count / 2).Select(person => (person, English)));
        foreach (var (index, (customer, words)) in customers.Index())
        {
            var at = now - Began + (Between * index);
            var (summary, description) = words[index % words.Length];
            var open = new OpenTicket(
                "ITSD",
                "incident",
                null,
                summary,
                description,
                customer,
                null,
                null,
                ValueMap<FieldValue>
                    .Empty.SetItem("impact", new ChoiceValue("high"))
                    .SetItem("urgency", new ChoiceValue("medium")),
                Channel.Portal
            )
            {
                Labels = [DemoCast.Outage],
                History = new MarkImported(DemoTickets.Source, now),
            };
            DemoTickets.Accepted(await grains.OpenAsync(DemoTickets.Envelope(at, customer, open), cancellation));
        }
    }
}
