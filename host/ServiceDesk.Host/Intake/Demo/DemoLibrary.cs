using System.Text;
using ServiceDesk.Storage.Files;
using ServiceDesk.Storage.People;

namespace ServiceDesk.Host.Intake.Demo;

/// <summary>What the demo's IT support keeps ready to be attached.</summary>
internal sealed class DemoLibrary(IFileLibrary library, IFileStore files, IPeopleStore people)
{
    private static readonly (string Name, string Description, string File, string Type, string Content)[] Kept =
    [
        (
            "원격 접속 안내",
            "VPN 설치와 첫 접속 · Installing the VPN and connecting for the first time",
            "원격-접속-안내.txt",
            "text/plain",
            """
            원격 접속 안내

            1. 회사 노트북에서 소프트웨어 센터를 열고 "VPN"을 설치합니다.
            2. 사번과 사내 암호로 로그인합니다.
            3. 휴대폰으로 온 여섯 자리 번호를 입력합니다.

            Remote access

            1. Open the software centre on your company laptop and install "VPN".
            2. Sign in with your staff number and password.
            3. Enter the six digits that your phone shows.
            """
        ),
        (
            "장비 신청 목록",
            "여러 대를 한 번에 신청할 때 · For ordering several devices at once",
            "equipment.csv",
            "text/csv",
            "item,quantity,for,needed by\nLaptop,,,\nMonitor,,,\nHeadset,,,\n"
        ),
        (
            "VPN log script",
            "접속이 끊길 때 로그를 모으는 방법 · How to collect logs when a connection drops",
            "collect-logs.txt",
            "text/plain",
            "Open the VPN client, choose Help > Collect logs, and attach the file it makes to your request.\n"
        ),
    ];

    /// <summary>Enters it.</summary>
    public async Task WriteAsync(CancellationToken cancellation)
    {
        var author = (await people.FindByEmailAsync(DemoAccounts.Email("minsu.kim"), cancellation))!.Id;
        foreach (var (name, description, file, type, content) in Kept)
        {
            await using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(content));
            var upload = await files.SaveAsync(bytes, file, type, bytes.Length, author, cancellation);
            await library.AddAsync(new LibraryText("ITSD", name, description), upload.Id, author, cancellation);
        }
    }
}
