using NodaTime;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.Access;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Queries;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Upkeep;

/// <summary>What the demo's contracts promise: an SLA policy for the plan gold that is twice as fast, and products on forms and tickets.</summary>
public sealed class DemoPromises(
    IConfigurationReader configuration,
    IConfigurationWriter writer,
    ProductOffering offering,
    LedgerWriting ledger,
    IPeople people,
    ITicketGrains grains,
    ITicketQueries queries
)
{
    /// <summary>The id of the policy.</summary>
    internal const string Gold = "gold";

    private static readonly (long Minutes, string Note)[] Work =
    [
        (90, "원격 점검과 재설정"),
        (30, "Remote session"),
        (150, "현장 방문"),
        (45, "Log files read, vendor asked"),
    ];

    private static readonly Duration Quarter = Duration.FromMinutes(15);

    /// <summary>Writes the policy, before contracts promise it.</summary>
    public async Task WritePolicyAsync(CancellationToken cancellation)
    {
        if (configuration.Current.TryGet<SlaPolicyDocument>("incident", out var usual))
        {
            var gold = usual with
            {
                Id = Gold,
                Name = LocalizedText.Of("Gold incidents", "골드 장애"),
                Order = 10,
                Query = "plan = \"gold\" AND type = incident",
                Metrics = usual.Metrics.Select(Twice).ToValueList(),
                // Who has no contract for it need not read of it.
                Published = new SlaPublication { Organizations = ["hanbit", "daon", "arden"] },
            };
            await SaveAsync(gold, cancellation);
        }
    }

    /// <summary>Offers the products in the field of tickets and asks for it where customers report that the network is down.</summary>
    public async Task OfferProductsAsync(CancellationToken cancellation)
    {
        Require(await offering.OfferAsync(await AuthorAsync(cancellation), cancellation));
        var current = configuration.Current;
        if (
            current.TryGet<RequestTypeDocument>("itsd-network", out var network)
            && network.Form.All(place => place.Field != current.ProductField())
        )
        {
            var place = new FormField(current.ProductField());
            await SaveAsync(network with { Form = [.. network.Form, place] }, cancellation);
        }
    }

    /// <summary>Goes on with the tickets: some are about a product for which the contract promises more, some took hours.</summary>
    public async Task TellAsync(DemoCast cast, CancellationToken cancellation)
    {
        await EnterOpeningsAsync(cast, cancellation);
        await NameProductsAsync(cast, cancellation);
        await BookHoursAsync(cast, cancellation);
    }

    // The demo's history is written before any reaction runs: what it booked is entered here, when it happened.
    private async Task EnterOpeningsAsync(DemoCast cast, CancellationToken cancellation)
    {
        string? cursor = null;
        do
        {
            var page = await queries.FindAsync(
                cast.Administrator,
                "account = daon ORDER BY created",
                100,
                cursor,
                cancellation
            );
            foreach (var ticket in page.Items.Select(item => item.State))
            {
                foreach (var booked in ticket.Cover().Booked)
                {
                    var happened = new BudgetBooked(
                        booked.Contract,
                        ticket.Cover().Number,
                        booked.Unit,
                        booked.Amount,
                        ""
                    );
                    var recorded = new RecordedEvent(
                        ticket.Id,
                        1,
                        0,
                        happened,
                        ticket.CreatedAt,
                        Actor.Of(ticket.Requester),
                        0,
                        null,
                        0
                    );
                    await ledger.EnterAsync(happened, recorded, ticket.Key.ToString(), cancellation);
                }
            }

            cursor = page.Next;
        } while (cursor is not null);
    }

    private async Task BookHoursAsync(DemoCast cast, CancellationToken cancellation)
    {
        const string query = "account in (hanbit, arden) AND type = incident AND category = done ORDER BY created DESC";
        var page = await queries.FindAsync(cast.Agent, query, 6, null, cancellation);
        foreach (var (place, item) in page.Items.Index())
        {
            if (cast.Agent.WorksOn(item.State.Desk))
            {
                var (minutes, note) = Work[place % Work.Length];
                await SendAsync(cast, item.State.Id, new BookBudget(minutes, note), cancellation);
            }
        }
    }

    private async Task NameProductsAsync(DemoCast cast, CancellationToken cancellation)
    {
        const string query =
            $"account = daon AND type = incident AND category != done AND NOT labels = {DemoCast.Outage} ORDER BY created DESC";
        var page = await queries.FindAsync(cast.Agent, query, 3, null, cancellation);
        var fields = ValueMap<FieldValue?>.Empty.SetItem(
            configuration.Current.ProductField(),
            new ChoiceValue("network-care")
        );
        foreach (var ticket in page.Items.Where(item => cast.Agent.WorksOn(item.State.Desk)))
        {
            await SendAsync(cast, ticket.State.Id, new EditTicket(Fields: fields), cancellation);
        }
    }

    private async Task SendAsync(
        DemoCast cast,
        TicketId ticket,
        TicketCommand command,
        CancellationToken cancellation
    ) => Require((await grains.SendAsync(ticket, CommandEnvelope.By(cast.Agent, command), cancellation)).Refusals);

    private static SlaMetric Twice(SlaMetric metric) =>
        metric with
        {
            Goals = metric.Goals.Select(goal => goal with { Target = Half(goal.Target) }).ToValueList(),
        };

    // To the quarter of an hour, as people promise it.
    private static Duration Half(Duration target) =>
        Duration.Max(Quarter, Duration.FromMinutes(Math.Round(target.TotalMinutes / 2 / 15) * 15));

    private async Task SaveAsync(ConfigurationDocument document, CancellationToken cancellation) =>
        Require(await writer.SaveAsync(await AuthorAsync(cancellation), document, null, cancellation));

    private async Task<Viewer> AuthorAsync(CancellationToken cancellation)
    {
        var admin = await people.FindByEmailAsync("admin@example.com", cancellation);
        return new Viewer(
            admin ?? throw new InvalidOperationException("The demo has no administrator."),
            [Permissions.Configure],
            [],
            [],
            [],
            []
        );
    }

    private static void Require(ValueList<Refusal> refusals)
    {
        if (refusals.Count > 0)
        {
            throw new InvalidOperationException($"The demo was refused: {refusals}");
        }
    }
}
