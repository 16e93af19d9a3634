using FsCheck;
using FsCheck.Fluent;
using ServiceDesk.Core.Configuration;
using ServiceDesk.Core.Files;
using ServiceDesk.Core.Tests.Tickets;
using ServiceDesk.Core.Tickets;
using ServiceDesk.Sdk.Configuration;
using ServiceDesk.Sdk.Tickets;

namespace ServiceDesk.Core.Tests.Files;

public sealed class FileRulingTests
{
    private static readonly byte[] Exe = [(byte)'M', (byte)'Z', 0x90, 0x00, 0x03, 0x00];
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];
    private static readonly byte[] Zip = [0x50, 0x4B, 0x03, 0x04];
    private static readonly byte[] Ole = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    [Fact]
    public void A_program_is_not_taken_under_whatever_name()
    {
        var rules = FileRulesDocument.Standard.Customers;

        Assert.Equal(RefusalCodes.FileTypeRefused, Why(rules, "setup.exe", Exe));
        Assert.Equal(RefusalCodes.FileDisguised, Why(rules, "사진.png", Exe));
        Assert.Equal(RefusalCodes.FileDisguised, Why(rules, "invoice.pdf", Exe));
        Assert.Equal(RefusalCodes.FileTypeRefused, Why(rules, "setup.txt", Exe));
        Assert.Equal(RefusalCodes.FileTypeRefused, Why(rules, "setup", Exe));
        Assert.Equal(RefusalCodes.FileTypeRefused, Why(rules, "SETUP.EXE", "no program at all"u8));
        Assert.Equal(RefusalCodes.FileTypeRefused, Why(rules, "setup.hta. .", "no program at all"u8));
        // What agents may have: their own rules.
        Assert.Null(Why(new FileRules(), "setup.exe", Exe));
        Assert.Equal(RefusalCodes.FileDisguised, Why(new FileRules(), "setup.png", Exe));
    }

    [Fact]
    public void What_people_send_every_day_is_taken()
    {
        var rules = FileRulesDocument.Standard.Customers;

        Assert.Null(Why(rules, "shot.png", Png));
        // Many a picture is called another kind of picture.
        Assert.Null(Why(rules, "shot.jpg", Png));
        Assert.Null(Why(rules, "report.docx", Zip));
        Assert.Null(Why(rules, "with password.docx", Ole));
        Assert.Null(Why(rules, "report.docx.bak", Zip));
        Assert.Null(Why(rules, "MZ.csv", "MZ,name,price"u8));
        Assert.Null(Why(rules, "log", "plain"u8));
        Assert.Equal(RefusalCodes.FileDisguised, Why(rules, "shot.png", Zip));
    }

    [Fact]
    public void Only_types_that_are_allowed_are_taken_and_a_content_is_held_to_it_too()
    {
        var rules = new FileRules { Allowed = ["png", "pdf"] };

        Assert.Null(Why(rules, "a.png", Png));
        Assert.Null(Why(rules, "a.PDF", "%PDF-1.7"u8));
        Assert.Equal(RefusalCodes.FileTypeNotAllowed, Why(rules, "a.txt", "text"u8));
        Assert.Equal(RefusalCodes.FileTypeNotAllowed, Why(rules, "a", Png));
        Assert.Equal(RefusalCodes.FileTypeNotAllowed, Why(rules, "a.pdf", Zip));
    }

    [Fact]
    public void A_ticket_holds_files_to_the_rules_of_who_attaches_them_and_to_its_own_size()
    {
        var bench = Bench.WithIncident();
        var rules = FileRulesDocument.Standard with
        {
            TicketMegabytes = 2,
            Customers = new FileRules { Megabytes = 1, Refused = ["zip"] },
            Agents = new FileRules { Megabytes = 2 },
        };
        bench.Configuration = ConfigurationSnapshot.Of(1, [.. Company.Documents, rules]);
        var large = Bench.File() with { Size = FileRuling.Megabyte + 1 };
        var zip = new AttachedFile(2, "logs.zip", "application/zip", 10, new string('b', 64));

        Assert.Equal(RefusalCodes.FileTooLarge, bench.Refuse(Company.Bora, Attaching(large)).Code);
        Assert.Equal(RefusalCodes.FileTypeRefused, bench.Refuse(Company.Bora, new AddPublicComment("x", [zip])).Code);
        bench.Accept(Company.Alice, Attaching(large));
        bench.Accept(Company.Alice, new AddInternalNote("x", [zip]));

        bench.Facts = Company.Facts with { AttachedBytes = (2 * FileRuling.Megabyte) + 1 };
        Assert.Equal(RefusalCodes.TicketFull, bench.Refuse(Company.Alice, Attaching(zip)).Code);
        bench.Accept(Company.Alice, new AddPublicComment("words alone", []));

        static AttachFiles Attaching(AttachedFile file) => new([file], Visibility.Public);
    }

    [Fact]
    public void Any_name_and_content_is_judged() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string>(),
                ArbMap.Default.ArbFor<byte[]>(),
                (name, content) =>
                    Why(FileRulesDocument.Standard.Customers, name ?? "", content)
                        is null
                            or RefusalCodes.FileTypeRefused
                            or RefusalCodes.FileDisguised
            )
            .QuickCheckThrowOnFailure();

    private static string? Why(FileRules rules, string name, ReadOnlySpan<byte> head) =>
        FileRuling.WhyNot(rules, name, FileSignatures.Of(head))?.Code;
}
