using System.ComponentModel.DataAnnotations;

namespace ServiceDesk.Problems;

/// <summary>What an administrator may change: the message that is proposed when a solution is told.</summary>
public sealed class ProblemSettings
{
    /// <summary>For customers who read English.</summary>
    [Display(Name = "problems.settings.english", Description = "problems.settings.places")]
    [Required]
    [MaxLength(10_000)]
    public string MessageInEnglish { get; set; } =
        "Hello {name},\n\nthe cause of your request {key} ({summary}) has been removed and everything should work again. "
        + "If it does not, just answer here.";

    /// <summary>For customers who read Korean.</summary>
    [Display(Name = "problems.settings.korean", Description = "problems.settings.places")]
    [Required]
    [MaxLength(10_000)]
    public string MessageInKorean { get; set; } =
        "{name} 님, 안녕하세요.\n\n요청하신 {key}({summary})의 원인을 해결했습니다. 이제 정상적으로 사용하실 수 있습니다. "
        + "문제가 계속되면 이 요청에 답변을 남겨 주세요.";
}
