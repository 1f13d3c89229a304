import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rackInWaves, wavesOfTwo } from './rolling-happy.ts';
import { opsChannel, type Story, said, shows, told } from './story.ts';

const file = (masters: readonly string[], gate: string) => `
clusters:
  playground:
    masters: [${masters.join(', ')}]
    policy:
      gate: ${gate}
`;

/** After the first wave an alert fires, and the gate says so: the second begins only once it says yes again. */
export const rollingGateFails: Story = {
  name: 'rolling-gate-fails',
  title: 'the rack r1 rolls; before the second wave the gate says no, and the plan halts until it says yes',
  cluster: rackInWaves(),
  // Nobody listens there: the gate is put up by the story.
  file: (masters) => file(masters, 'http://127.0.0.1:9/gate'),
  env: wavesOfTwo,
  play: async (stage) => {
    const { slack, until, cluster } = stage;
    const type = (text: string) => slack.type('mara', opsChannel.name, text);
    let firing = false;
    const gate = createServer((_, response) => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(firing ? { ok: false, why: 'firing: WebErrors' } : { ok: true }));
    });
    await new Promise<void>((resolve) => {
      gate.listen(0, '127.0.0.1', resolve);
    });
    try {
      const { port } = gate.address() as AddressInfo;
      await stage.reread(file(cluster.masterUrls, `http://127.0.0.1:${port}/gate`));
      await type('/mesos drain rack=r1 --parallel 2 --reason "new switch"');
      await until('the waves', told(stage, 'mara', 'in 2 waves'));
      await type('/mesos confirm p1');
      await until('the first wave, which the gate lets through', shows(stage, 'in wave 1 of 2'), 60);
      firing = true;
      await until('the halt', said(stage, 'firing: WebErrors'), 300);
      await type('/mesos resume p1');
      await until('the same again', () => halts(stage) === 2, 60);
      firing = false;
      await type('/mesos resume p1');
      await until('the end', said(stage, 'Plan p1 has ended'), 300);
    } finally {
      gate.closeAllConnections();
      gate.close();
    }
  },
};

/** How often the thread told of it. */
function halts({ slack }: Parameters<Story['play']>[0]): number {
  return slack.model.messages
    .inChannel(opsChannel.id)
    .filter(({ text, threadTs }) => threadTs !== null && text.includes('has halted')).length;
}
