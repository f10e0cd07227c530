"""What the program of write.c makes of texts."""
import subprocess


class Written:
    """level: docutils' number of the worst message (0 for Markdown). unsupported: how many things. text: what was written."""

    def __init__(self, level, unsupported, text):
        self.level, self.unsupported, self.text = level, unsupported, text


class Writer:
    def __init__(self, program):
        self.program = program

    def write(self, texts, source, target, *options):
        """A Written for each text (a string, or bytes)."""
        data = b''
        frames = [text if isinstance(text, bytes) else text.encode('utf-8', 'surrogatepass') for text in texts]
        data = b''.join(b'%d\n%s' % (len(frame), frame) for frame in frames)
        run = subprocess.run((self.program, source, target, *options), input=data, capture_output=True, timeout=900)
        answers = list(self.answers(run.stdout))
        if run.returncode or len(answers) != len(texts):
            raise RuntimeError(f'{source} to {target}: status {run.returncode}, {len(answers)} answers for {len(texts)} texts\n'
                               f'{run.stderr.decode(errors="replace")[-3000:]}\nafter the text {texts[max(len(answers) - 1, 0)]!r}')
        return answers

    @staticmethod
    def answers(output):
        at = 0
        while at < len(output):
            end = output.find(b'\n', at)
            level, unsupported, length = map(int, output[at:end].split())
            yield Written(level, unsupported, output[end + 1:end + 1 + length].decode())  # which is UTF-8 whatever was read
            at = end + 1 + length
