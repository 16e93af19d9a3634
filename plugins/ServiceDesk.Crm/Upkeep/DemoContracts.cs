using NodaTime;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Writing;

namespace ServiceDesk.Crm.Upkeep;

/// <summary>The contracts of the demo, around the day on which it is made.</summary>
internal static class DemoContracts
{
    public static IEnumerable<(ContractInput Input, string Owner, ContractState State)> On(LocalDate today)
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
                Entitlements = [new Entitlement("gold", DemoPromises.Gold, [], [])],
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
                Entitlements =
                [
                    new Entitlement("silver", "incident", [], []),
                    new Entitlement("gold", DemoPromises.Gold, [], ["network-care"]),
                ],
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
                Entitlements = [new Entitlement("gold", DemoPromises.Gold, [], ["network-care"])],
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
                Entitlements = [new Entitlement("gold", DemoPromises.Gold, ["ITSD"], [])],
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
                Entitlements = [new Entitlement("bronze", "incident", [], [])],
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
                Entitlements = [new Entitlement("gold", DemoPromises.Gold, [], ["network-care"])],
            },
            "minsu.kim",
            ContractState.Draft
        );
    }
}
