namespace Pipeline.Tests;

/// <summary>A test against a real nginx. Where there is none it says so and is skipped, but in CI it fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NginxFactAttribute : FactAttribute
{
    public NginxFactAttribute()
    {
        if (Nginx.Program is null && Environment.GetEnvironmentVariable("CI") is null or "")
            Skip = "nginx is not installed: on Debian, apt-get install nginx-light.";
    }
}
