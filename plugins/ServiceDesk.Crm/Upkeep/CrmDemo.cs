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
public sealed class CrmDemo(CrmWriter writer, ContractWriting contracts, IPeople people, CrmDays days) : IDemoData
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
    }

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
        foreach (var (input, owner, state) in Contracts(days.Today))
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

    private static IEnumerable<(ContractInput Input, string Owner, ContractState State)> Contracts(LocalDate today)
    {
        string Day(int days) => ContractLife.Write(today.PlusDays(days));
        yield return (
            new ContractInput(
                "HB-2026-01",
                "한빛그룹 IT 통합 운영",
                "hanbit",
                Day(-300),
                Day(430),
                "240000000",
                "KRW",
                AmountPer.Year,
                "minsu.kim@example.com",
                BudgetUnit: BudgetUnit.Hours,
                BudgetAmount: "1200",
                PenaltyTerms: "해결 시간을 넘긴 장애 한 건마다 월 대금의 0.5%를 감액합니다.",
                PenaltyRate: "0.5"
            )
            {
                Entitlements = [new Entitlement("gold", "incident", [], ["managed-it"])],
            },
            "minsu.kim",
            ContractState.Active
        );
        yield return (
            new ContractInput(
                "DL-2026-07",
                "다온로지스 헬프데스크",
                "daon",
                Day(-200),
                Day(21),
                "36000000",
                "KRW",
                AmountPer.Year,
                "minsu.kim@example.com",
                BudgetUnit: BudgetUnit.Tickets,
                BudgetAmount: "400",
                BooksOpenings: true
            )
            {
                Entitlements = [new Entitlement("silver", "incident", [], ["helpdesk"])],
            },
            "minsu.kim",
            ContractState.Active
        );
        yield return (
            new ContractInput(
                "PS-2025-11",
                "푸른솔 의료망 관리",
                "pureun",
                Day(-400),
                Day(-30),
                "54000000",
                "KRW",
                AmountPer.Year,
                "minsu.kim@example.com"
            )
            {
                Entitlements = [new Entitlement("gold", "incident", [], ["network-care"])],
            },
            "minsu.kim",
            ContractState.Expired
        );
        yield return (
            new ContractInput(
                "AR-2026-02",
                "Help desk for Arden Instruments",
                "arden",
                Day(-150),
                Day(215),
                "48000.00",
                "GBP",
                AmountPer.Year,
                "emily.carter@example.com",
                BudgetUnit: BudgetUnit.Hours,
                BudgetAmount: "120",
                WhenSpent: WhenSpent.Refuse,
                PenaltyTerms: "2% of the monthly fee for each critical incident that is resolved late, 10% at most.",
                PenaltyRate: "2"
            )
            {
                Entitlements = [new Entitlement("gold", "incident", ["ITSD"], ["helpdesk"])],
            },
            "emily.carter",
            ContractState.Active
        );
        yield return (
            new ContractInput(
                "SF-2026-05",
                "Seaview plants: help desk",
                "seaview",
                Day(-60),
                Day(305),
                "2400.00",
                "USD",
                AmountPer.Month,
                "emily.carter@example.com",
                BudgetUnit: BudgetUnit.Hours,
                BudgetAmount: "40"
            )
            {
                Entitlements = [new Entitlement("bronze", "incident", [], ["helpdesk"])],
            },
            "emily.carter",
            ContractState.Active
        );
        yield return (
            new ContractInput(
                "PS-2026-12",
                "푸른솔 의료망 관리 (갱신)",
                "pureun",
                Day(5),
                Day(370),
                "57000000",
                "KRW",
                AmountPer.Year,
                "minsu.kim@example.com"
            )
            {
                Entitlements = [new Entitlement("gold", "incident", [], ["network-care"])],
            },
            "minsu.kim",
            ContractState.Draft
        );
    }

    private static void Require(Written written)
    {
        if (!written.IsDone)
        {
            throw new InvalidOperationException($"The demo was refused: {written.Refusals}");
        }
    }
}
