using System.Net;
using ServiceDesk.Host.Tests.Serving;

namespace ServiceDesk.Host.Tests.Isolation;

/// <summary>What the world knows of a company as a customer: an account, a contact, a contract with a document and an entry of its ledger.</summary>
/// <param name="Firm">The company.</param>
/// <param name="Account">The account's identity.</param>
/// <param name="Contact">The contact's identity.</param>
/// <param name="Contract">The contract's identity.</param>
/// <param name="Words">Its words, by where they stand.</param>
public sealed record Client(
    Firm Firm,
    long Account,
    long Contact,
    long Contract,
    IReadOnlyDictionary<string, string> Words
);

/// <summary>Writes accounts, contacts and contracts of the world, as an administrator does, before the first ticket.</summary>
internal sealed class WorldAccounts(IsolationWorld world)
{
    private const string Root = "/api/v1/plugins/crm";

    public async Task WriteAsync()
    {
        foreach (var firm in world.Firms)
        {
            world.Add(await WriteAsync(firm));
        }
    }

    private async Task<Client> WriteAsync(Firm firm)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        string Word(string what, Func<Member, Firm, bool> rule) =>
            words[what] = world.Word($"the {what} of a client", m => rule(m, firm));
        // What stands on tickets, besides the records.
        string OnTickets(string what) =>
            Word(what, (m, f) => WhoMaySee.Client(m, f) || WhoMaySee.WorksFor(m, f, world.Tickets));
        string InRecords(string what) => Word(what, WhoMaySee.Client);

        var key = OnTickets("account key");
        var account = await PostAsync(
            "accounts",
            new
            {
                key,
                name = $"{OnTickets("account name")} Limited",
                organization = firm.Row.Key,
                website = $"https://{InRecords("website")}.example",
                phone = InRecords("telephone number"),
                notes = InRecords("account notes"),
            }
        );
        var contact = await PostAsync(
            "contacts",
            new
            {
                name = $"{InRecords("contact")} Roe",
                email = $"{InRecords("contact address")}@client.example",
                accounts = new[] { new { account = key, title = InRecords("contact title") } },
            }
        );
        var contract = await ContractAsync(
            key,
            OnTickets,
            InRecords,
            // Customers read which plan they have beside their own requests.
            Word("plan", (m, f) => m.Firm == f || WhoMaySee.Client(m, f) || WhoMaySee.WorksFor(m, f, world.Tickets))
        );
        return new Client(firm, account, contact, contract, words);
    }

    private async Task<long> ContractAsync(
        string account,
        Func<string, string> onTickets,
        Func<string, string> inRecords,
        string plan
    )
    {
        var id = await PostAsync(
            "contracts",
            new
            {
                number = onTickets("contract number"),
                name = inRecords("contract name"),
                account,
                startsOn = "2020-01-01",
                endsOn = "2099-12-31",
                amount = "1000",
                currency = "EUR",
                penaltyTerms = onTickets("penalty terms"),
                notes = inRecords("contract notes"),
                budgetUnit = "hours",
                budgetAmount = "100",
                entitlements = new[] { new { plan } },
            }
        );
        await world
            .Admin.Api.SendAsync(
                Answers.Request(HttpMethod.Put, $"{Root}/contracts/{id}/state", new { state = "active" })
            )
            .OkAsync();
        await world
            .Admin.Api.PostAsync($"{Root}/contracts/{id}/ledger", new { amount = "1", note = inRecords("ledger note") })
            .OkAsync(HttpStatusCode.Created);
        using var added = await world.Admin.Pages.PostFilesAsync(
            $"/plugins/crm/contract?contract={id}&handler=AddDocument",
            [],
            "file",
            [
                (
                    $"{inRecords("document name")}.txt",
                    System.Text.Encoding.UTF8.GetBytes($"This paper says {inRecords("document content")}.")
                ),
            ]
        );
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        return id;
    }

    private async Task<long> PostAsync(string path, object body)
    {
        var made = await world.Admin.Api.PostAsync($"{Root}/{path}", body).OkAsync(HttpStatusCode.Created);
        return (long)(made["id"] ?? made["contract"]?["id"])!;
    }
}
