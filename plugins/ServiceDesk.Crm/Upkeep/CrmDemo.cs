using Microsoft.EntityFrameworkCore;
using NodaTime;
using ServiceDesk.Crm.Reading;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tables;
using ServiceDesk.Crm.Writing;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Plugins;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Upkeep;

/// <summary>The accounts, contacts, products and contracts of the demo's five organizations.</summary>
public sealed class CrmDemo(
    CrmWriter writer,
    ContractWriting contracts,
    DemoPromises promises,
    IPeople people,
    CrmDays days
) : IDemoData
{
    private static readonly AccountInput[] Accounts =
    [
        new(
            "hanbit",
            "한빛그룹",
            "",
            "hanbit",
            "C-1001",
            "https://www.hanbit.example",
            "02-555-0100",
            "본사 IT 운영은 저희가 맡습니다."
        ),
        new("hanbit-chem", "한빛화학", "hanbit", "", "C-1002", Phone: "052-555-0120"),
        new("hanbit-retail", "한빛리테일", "hanbit", "", "C-1003", Phone: "031-555-0140"),
        new("daon", "다온로지스", "", "daon", "C-1010", "https://daonlogis.example", "032-555-0200"),
        new(
            "pureun",
            "푸른솔의료재단",
            "",
            "pureun",
            "C-1020",
            "https://pureunsol.example",
            "02-555-0300",
            "진료 시간에는 원격 접속 전에 전화로 알립니다."
        ),
        new("arden", "Arden Instruments", "", "arden", "C-1030", "https://arden.example", "+44 20 5550 0400"),
        new("seaview", "Seaview Foods", "", "seaview", "C-1040", "https://seaview.example", "+1 206 555 0500"),
    ];

    private static readonly ProductInput[] Products =
    [
        new("managed-it", "Managed IT 통합 운영", "PC, 계정, 사내망을 맡아 운영합니다."),
        new("helpdesk", "Help desk", "Questions and faults by portal, mail and telephone."),
        new("network-care", "Network Care", "Watching and repairing of the company network."),
    ];

    // The address before the @, the title and the account.
    private static readonly (string Address, string Title, string Account, bool IsPrimary)[] Contacts =
    [
        ("jimin.han", "총무팀 과장", "hanbit", true),
        ("sehun.oh", "공장 전산 담당", "hanbit-chem", true),
        ("daeun.seo", "매장운영팀", "hanbit-retail", true),
        ("junho.hwang", "물류전산팀장", "daon", true),
        ("sohee.ahn", "인사팀", "daon", false),
        ("subin.hong", "전산실장", "pureun", true),
        ("sarah.thompson", "Office manager", "arden", true),
        ("james.patel", "Head of engineering IT", "arden", false),
        ("robert.lindqvist", "IT lead", "seaview", true),
        ("sofia.marino", "Plant coordinator", "seaview", false),
    ];

    /// <inheritdoc/>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        var organizations = await people.OrganizationsAsync(cancellation);
        var persons = new Dictionary<string, Person?>(StringComparer.Ordinal);
        foreach (var address in Contacts.Select(one => one.Address).Append("emily.carter").Append("minsu.kim"))
        {
            persons[address] = await people.FindByEmailAsync($"{address}@example.com", cancellation);
        }

        await promises.WritePolicyAsync(cancellation);
        await writer.WriteAsync(
            async (change, token) =>
            {
                if (await change.Db.Accounts.AnyAsync(token))
                {
                    return Written.Done(0);
                }

                var tree = await AccountTree.LoadAsync(change.Db, token);
                foreach (var account in Accounts)
                {
                    Require(
                        await AccountWriting.ApplyAsync(
                            change,
                            tree,
                            organizations,
                            new AccountRow(),
                            account,
                            null,
                            token
                        )
                    );
                }

                foreach (var product in Products)
                {
                    Require(await ProductWriting.ApplyAsync(change, new ProductRow(), product, null, token));
                }

                await change.Db.SaveChangesAsync(token);
                await MeetAsync(change, tree, persons, token);
                await SignAsync(change, tree, persons, token);
                return Written.Done(0);
            },
            cancellation
        );
        await promises.OfferProductsAsync(cancellation);
    }

    /// <inheritdoc/>
    public Task TellAsync(DemoCast cast, CancellationToken cancellation) => promises.TellAsync(cast, cancellation);

    private static async Task MeetAsync(
        Change change,
        AccountTree tree,
        Dictionary<string, Person?> persons,
        CancellationToken cancellation
    )
    {
        foreach (var (address, title, account, isPrimary) in Contacts)
        {
            if (persons[address] is { } person)
            {
                var input = new ContactInput(
                    person.Name,
                    person.Email,
                    "",
                    "",
                    "",
                    [new MembershipInput(account, title, isPrimary)]
                );
                Require(
                    await ContactWriting.ApplyAsync(
                        change,
                        tree,
                        new ContactRow(),
                        input,
                        person.Id.Value,
                        null,
                        cancellation
                    )
                );
            }
        }
    }

    private async Task SignAsync(
        Change change,
        AccountTree tree,
        Dictionary<string, Person?> persons,
        CancellationToken cancellation
    )
    {
        foreach (var (input, owner, state) in DemoContracts.On(days.Today))
        {
            var around = await contracts.AroundAsync(change, persons[owner], cancellation) with { Tree = tree };
            var row = new ContractRow();
            Require(await ContractWriting.ApplyAsync(change, around, row, input, null, cancellation));
            if (contracts.Bring(change, row, state) is { } refused)
            {
                Require(refused);
            }

            await change.Db.SaveChangesAsync(cancellation);
        }
    }

    private static void Require(Written written)
    {
        if (!written.IsDone)
        {
            throw new InvalidOperationException($"The demo was refused: {written.Refusals}");
        }
    }
}
