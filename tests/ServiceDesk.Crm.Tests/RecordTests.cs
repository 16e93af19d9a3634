using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using ServiceDesk.Crm.Import;
using ServiceDesk.Crm.Records;
using ServiceDesk.Crm.Tickets;
using ServiceDesk.Sdk.Tickets;
using ServiceDesk.Sdk.Values;

namespace ServiceDesk.Crm.Tests;

/// <summary>What holds of ledgers, states, amounts and cells, whatever comes.</summary>
public sealed class RecordTests
{
    private static readonly LocalDate Today = new(2026, 3, 2);

    private static readonly Gen<LedgerEntry> Entries =
        from unit in Gen.Elements(BudgetUnit.Hours, BudgetUnit.Tickets)
        from amount in Gen.Choose(-500, 2000)
        select new LedgerEntry(unit, amount);

    [Fact]
    public void A_balance_is_the_sum_of_its_entries_in_any_order_and_any_grouping() =>
        Prop.ForAll(
                Entries.ListOf().ToArbitrary(),
                Gen.Choose(1, 5000).ToArbitrary(),
                (entries, amount) =>
                {
                    var all = Ledger.Fold(BudgetUnit.Hours, amount, 80, entries);
                    var backwards = Ledger.Fold(BudgetUnit.Hours, amount, 80, entries.AsEnumerable().Reverse());
                    var half = entries.Count / 2;
                    var parts =
                        Ledger.Fold(BudgetUnit.Hours, amount, 80, entries.Take(half)).Used
                        + Ledger.Fold(BudgetUnit.Hours, amount, 80, entries.Skip(half)).Used;
                    return all == backwards
                        && all.Used == parts
                        && all.Left == amount - all.Used
                        && (all.Level == BudgetLevel.Spent) == (all.Used >= amount);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_budget_that_refuses_is_never_overdrawn_by_bookings() =>
        Prop.ForAll(
                Gen.Choose(1, 700).ListOf().ToArbitrary(),
                bookings =>
                {
                    var entries = new List<LedgerEntry>();
                    foreach (var amount in bookings)
                    {
                        var balance = Ledger.Fold(BudgetUnit.Hours, 600, 80, entries);
                        if (Ledger.WhyNotBook(balance, WhenSpent.Refuse, amount) is null)
                        {
                            entries.Add(new LedgerEntry(BudgetUnit.Hours, amount));
                        }
                    }

                    return Ledger.Fold(BudgetUnit.Hours, 600, 80, entries).Left >= 0;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void No_way_leads_out_of_cancelled_or_back_to_draft_and_nothing_is_active_after_its_last_day() =>
        Prop.ForAll(
                Gen.Elements(Enum.GetValues<ContractState>()).ListOf().ToArbitrary(),
                Gen.Choose(-10, 10).ToArbitrary(),
                (wanted, days) =>
                {
                    var ends = Today.PlusDays(days);
                    var path = new List<ContractState> { ContractState.Draft };
                    foreach (var to in wanted)
                    {
                        if (ContractLife.WhyNot(path[^1], to, ends, Today) is null)
                        {
                            path.Add(to);
                        }
                    }

                    return path.Skip(1).All(state => state != ContractState.Draft)
                        && (days >= 0 || !path.Contains(ContractState.Active))
                        && path.SkipWhile(state => state != ContractState.Cancelled).Count() <= 1;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void The_facet_counts_what_was_booked_whatever_contract_comes_between() =>
        Prop.ForAll(
                Gen.Choose(1, 300).ListOf().ToArbitrary(),
                amounts =>
                {
                    var facet = new CoverFacet();
                    TicketCover? cover = null;
                    foreach (var (amount, i) in amounts.Select((amount, i) => (amount, i)))
                    {
                        cover = facet.Evolve(
                            cover,
                            Recorded(new TicketCovered(1, "a", "A", i % 2, $"C{i % 2}", "gold", "", false)),
                            null
                        );
                        cover = facet.Evolve(
                            cover,
                            Recorded(new BudgetBooked(i % 2, $"C{i % 2}", BudgetUnit.Hours, amount, "")),
                            null
                        );
                    }

                    var even = amounts.Where((_, i) => i % 2 == 0).Sum(amount => (long)amount);
                    return (cover ?? TicketCover.None).BookedTo(0, BudgetUnit.Hours) == even;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Amounts_are_read_back_as_they_are_shown() =>
        Prop.ForAll(
                Gen.Choose(0, 100_000).ToArbitrary(),
                minutes =>
                    Amounts.Read(BudgetUnit.Hours, Amounts.Write(BudgetUnit.Hours, minutes)) == minutes
                    && Amounts.Read(BudgetUnit.Hours, $"{minutes / 60}:{minutes % 60:00}") == minutes
                    && Amounts.Read(BudgetUnit.Tickets, Amounts.Plain(BudgetUnit.Tickets, minutes)) == minutes
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("1.5", 90L)]
    [InlineData("1,5", 90L)]
    [InlineData("-0.25", -15L)]
    [InlineData("1시간 30분", 90L)]
    [InlineData("90m", 90L)]
    [InlineData("0.001", null)]
    [InlineData("1:75", null)]
    [InlineData("1e9", null)]
    [InlineData("NaN", null)]
    [InlineData("", null)]
    [InlineData("99999999999999999999999999999", null)]
    public void Hours_are_read_as_people_write_them(string text, long? minutes) =>
        Assert.Equal(minutes, Amounts.Read(BudgetUnit.Hours, text));

    [Theory]
    [InlineData("1000", "KRW", true)]
    [InlineData("1000.5", "KRW", false)]
    [InlineData("0.01", "USD", true)]
    [InlineData("0.001", "USD", false)]
    [InlineData("0.001", "KWD", true)]
    [InlineData("-1", "USD", false)]
    public void Money_is_no_finer_than_its_currency(string amount, string currency, bool fits) =>
        Assert.Equal(fits, Money.Read(amount) is { } read && Money.Fits(read, currency));

    [Fact]
    public void The_contract_that_names_the_desk_comes_first_then_the_own_one_then_the_newest()
    {
        CoverOffer Offer(string number, int distance, int since, params string[] desks) =>
            new(
                1,
                number,
                distance,
                true,
                ContractState.Active,
                Today.PlusDays(-since),
                Today,
                [new Entitlement("gold", "", [.. desks], [])]
            );
        var offers = new[]
        {
            Offer("above", 1, 5),
            Offer("old", 0, 50),
            Offer("new", 0, 10),
            Offer("desk", 2, 90, "ITSD"),
            Offer("hr", 0, 1, "HR"),
        };

        var narrow = offers
            .Append(Offer("any", 0, 2))
            .Append(Offer("product", 3, 99) with { Entitlements = [new Entitlement("gold", "", [], ["vpn"])] })
            .ToList();
        Assert.Equal("product", Cover.Choose(narrow, "FAC", "vpn", Today)!.Value.Offer.Number);
        Assert.Equal("any", Cover.Choose(narrow, "FAC", "mail", Today)!.Value.Offer.Number);
        Assert.Equal("desk", Cover.Choose(narrow, "ITSD", "vpn", Today)!.Value.Offer.Number);
        Assert.Equal("desk", Cover.Choose(offers, "ITSD", "", Today)!.Value.Offer.Number);
        Assert.Equal("new", Cover.Choose(offers, "FAC", "", Today)!.Value.Offer.Number);
        Assert.Null(Cover.Choose(offers, "FAC", "", Today.PlusDays(1)));
        Assert.Equal(
            "old",
            Cover.Choose(offers.Where(one => one.Number is "old" or "above"), "FAC", "", Today)!.Value.Offer.Number
        );
    }

    [Fact]
    public void No_cell_of_an_export_begins_like_a_formula_and_an_import_reads_it_back() =>
        Prop.ForAll(
                ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get).ToArbitrary(),
                Gen.Elements("=", "+", "-", "@", "\t=", " =", "＝", "'", "\"", ",", "").ToArbitrary(),
                (text, front) =>
                {
                    var cell = front + text.Replace("\0", "", StringComparison.Ordinal);
                    var safe = CsvWriting.Harmless(cell);
                    return safe.TrimStart() is not [('=' or '+' or '@'), ..];
                }
            )
            .QuickCheckThrowOnFailure();

    private static RecordedEvent Recorded(TicketEvent happened) =>
        new(new TicketId(1), 2, 0, happened, Instant.FromUtc(2026, 3, 2, 9, 0), Actor.System, 1, Cause: null, Depth: 0);
}
