using NodaTime;
using ServiceDesk.Sdk.People;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Intake.Demo;

/// <summary>Who leads, who works when, what people can do, and who is away: next Friday one agent of IT support without anybody to stand in, another one with.</summary>
internal sealed class DemoDuty(IPeopleStore people, Instant now)
{
    private const string Hours = "korea-office-hours";

    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["Asia/Seoul"];

    private static readonly (string Team, string Lead)[] Leads =
    [
        ("서비스데스크", "minsu.kim"),
        ("Network & Infrastructure", "daniel.fischer"),
        ("인사지원팀", "eunji.kang"),
        ("시설관리팀", "sangho.yoon"),
    ];

    private static readonly (string Address, string? Manager, string[] Skills)[] Works =
    [
        ("minsu.kim", "admin", ["네트워크", "sap"]),
        ("emily.carter", "minsu.kim", ["laptop", "sap"]),
        ("seoyeon.lee", "minsu.kim", ["office", "노트북"]),
        ("jihoon.park", "minsu.kim", ["vpn", "계정"]),
        ("daniel.fischer", "admin", ["network", "firewall"]),
        ("yujin.choi", "daniel.fischer", ["network", "vpn"]),
        ("haneul.jung", "daniel.fischer", ["server", "vpn"]),
    ];

    /// <summary>Enters it.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        foreach (var (name, lead) in Leads)
        {
            var team = await people.FindTeamAsync(name, cancellation);
            await people.SetTeamWorkAsync(team!.Id, await IdAsync(lead, cancellation), Hours, cancellation);
        }

        foreach (var (address, manager, skills) in Works)
        {
            PersonId? above = manager is null ? null : await IdAsync(manager, cancellation);
            var work = new PersonWork(above, null, skills.Order(StringComparer.Ordinal).ToValueList());
            await people.UpdateAsync(
                await IdAsync(address, cancellation),
                new PersonChange { Work = work },
                cancellation
            );
        }

        var today = now.InZone(Zone).Date;
        var friday = today.Next(IsoDayOfWeek.Friday);
        var monday = today.Next(IsoDayOfWeek.Monday);
        await AwayAsync("emily.carter", friday, friday, "Moving house", null, cancellation);
        await AwayAsync("haneul.jung", friday, friday, "건강 검진", "yujin.choi", cancellation);
        await AwayAsync("grace.miller", monday, monday.PlusDays(2), "Holiday", "eunji.kang", cancellation);
    }

    private async Task AwayAsync(
        string address,
        LocalDate from,
        LocalDate to,
        string note,
        string? substitute,
        CancellationToken cancellation
    )
    {
        PersonId? standIn = substitute is null ? null : await IdAsync(substitute, cancellation);
        var absence = new Absence(0, await IdAsync(address, cancellation), from, to, note, standIn);
        await people.AddAbsenceAsync(absence, cancellation);
    }

    private async Task<PersonId> IdAsync(string address, CancellationToken cancellation) =>
        (await people.FindByEmailAsync(DemoAccounts.Email(address), cancellation))!.Id;
}
